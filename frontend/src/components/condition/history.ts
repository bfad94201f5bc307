/** A value with its past: pure, so that a page can hold it in one state. */
export interface History<T> {
  past: T[];
  now: T;
  future: T[];
  /** What the newest edit was of; typing on in the same field is one edit. */
  tag: string;
  at: number;
}

const deepest = 200;

/** Edits of the same tag that follow each other within this many milliseconds are one. */
const together = 1000;

export function begin<T>(now: T): History<T> {
  return { past: [], now, future: [], tag: '', at: 0 };
}

export function edited<T>(h: History<T>, now: T, tag = '', at = Date.now()): History<T> {
  if (now === h.now) return h;
  const same = tag !== '' && tag === h.tag && at - h.at < together;
  return { past: same ? h.past : [...h.past, h.now].slice(-deepest), now, future: [], tag, at };
}

export function undone<T>(h: History<T>): History<T> {
  const before = h.past.at(-1);
  if (before === undefined) return h;
  return { past: h.past.slice(0, -1), now: before, future: [h.now, ...h.future], tag: '', at: 0 };
}

export function redone<T>(h: History<T>): History<T> {
  const [next, ...future] = h.future;
  if (next === undefined) return h;
  return { past: [...h.past, h.now], now: next, future, tag: '', at: 0 };
}
