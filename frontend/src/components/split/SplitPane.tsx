import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import css from './SplitPane.module.css';

interface Props {
  /** The pane of a fixed width. */
  side: ReactNode;
  children: ReactNode;
  /** Where the fixed pane is. */
  at?: 'left' | 'right';
  /** Pixels: what it starts with, and its bounds. */
  width?: number;
  min?: number;
  max?: number;
  /** What the divider resizes, for the ear: "Blocks". */
  label: string;
}

/** Two panes with a divider that can be dragged, or moved by the arrow keys. */
export function SplitPane({ side, children, at = 'left', width: start = 280, min = 180, max = 560, label }: Props) {
  const [width, setWidth] = useState(start);
  const from = useRef<{ x: number; width: number } | null>(null);
  const sign = at === 'left' ? 1 : -1;
  const set = (w: number) => setWidth(Math.round(Math.min(max, Math.max(min, w))));
  const onDown = (e: PointerEvent<HTMLDivElement>) => {
    from.current = { x: e.clientX, width };
    e.currentTarget.setPointerCapture(e.pointerId);
  };
  const onMove = (e: PointerEvent) => {
    if (from.current) set(from.current.width + sign * (e.clientX - from.current.x));
  };
  const onKey = (e: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[e.key];
    if (step === undefined) return;
    e.preventDefault();
    set(width + sign * step);
  };
  const pane = (
    <div className={css.side} style={{ width }}>
      {side}
    </div>
  );
  return (
    <div className={css.split}>
      {at === 'left' && pane}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${label}`}
        aria-valuenow={width}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        className={css.divider}
        style={{ order: 0 }}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={() => (from.current = null)}
        onDoubleClick={() => setWidth(start)}
        onKeyDown={onKey}
      />
      {at === 'right' ? (
        <>
          <div className={css.main} style={{ order: -1 }}>
            {children}
          </div>
          {pane}
        </>
      ) : (
        <div className={css.main}>{children}</div>
      )}
    </div>
  );
}
