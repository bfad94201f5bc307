import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';

/** Browsers stop laying out somewhere above 17 million pixels; taller lists are scaled. */
export const tallest = 16_000_000;

export interface WindowOfRows {
  /** First and last row to draw; last is -1 when there is none. */
  first: number;
  last: number;
  /** Height of the whole, in pixels. */
  height: number;
  /** Where row i lies from the top of the whole, in pixels. */
  top: (i: number) => number;
  /** Brings row i into view. */
  reveal: (i: number) => void;
  /** The first row that is wholly seen, and how many are. */
  seen: number;
  fit: number;
}

/** Which rows of equal height are to be drawn. Pure: tested without a browser. */
export function rowsInView(scrollTop: number, view: number, total: number, row: number, extra = 8) {
  const real = total * row;
  const height = Math.min(real, tallest);
  const ratio = height > view && real > height ? (real - view) / (height - view) : 1;
  const from = scrollTop * ratio;
  const first = Math.max(0, Math.floor(from / row) - extra);
  const last = Math.min(total - 1, Math.ceil((from + view) / row) + extra);
  return { first, last, seen: Math.ceil(from / row), height, ratio, top: (i: number) => scrollTop + i * row - from };
}

/** Follows the scrolling of an element that shows total rows of equal height under a head. */
export function useWindow(ref: RefObject<HTMLElement | null>, total: number, row: number, head: number): WindowOfRows {
  const [at, setAt] = useState({ scrollTop: 0, view: 600 });
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return;
    const measure = () => setAt({ scrollTop: el.scrollTop, view: Math.max(0, el.clientHeight - head) || 600 });
    measure();
    el.addEventListener('scroll', measure, { passive: true });
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    return () => {
      el.removeEventListener('scroll', measure);
      watch.disconnect();
    };
  }, [ref, head]);
  const { first, last, seen, height, ratio, top } = rowsInView(at.scrollTop, at.view, total, row);
  const reveal = useCallback(
    (i: number) => {
      const el = ref.current;
      if (!el) return;
      const from = el.scrollTop * ratio;
      if (i * row < from) el.scrollTop = (i * row) / ratio;
      else if ((i + 1) * row > from + at.view) el.scrollTop = ((i + 1) * row - at.view) / ratio;
    },
    [ref, ratio, row, at.view],
  );
  return { first, last, seen, height, top, reveal, fit: Math.max(1, Math.floor(at.view / row)) };
}
