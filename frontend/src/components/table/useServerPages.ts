import { hashKey, useQueries, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

export interface ServerPage<Row> {
  /** How many rows there are in all. */
  total: number;
  rows: Row[];
}

export interface ServerRows<Row> {
  /** undefined until the first page is there. */
  total: number | undefined;
  row: (index: number) => Row | undefined;
  /** Tells which rows are seen, so that their pages come. */
  onRange: (first: number, last: number) => void;
  /** Changes when the rows are of another question: a table goes back to its top. */
  question?: string;
  /** What is shown is of the question before; the new answer is on its way. */
  stale: boolean;
  error: Error | null;
  retry: () => void;
}

/**
 * Rows of a list of any length, fetched in pages as they are seen. While a new
 * question is answered, the rows of the one before stay, marked stale.
 */
export function useServerPages<Row>(
  key: QueryKey,
  fetchPage: (offset: number, limit: number, signal: AbortSignal) => Promise<ServerPage<Row>>,
  size = 100,
): ServerRows<Row> {
  const [range, setRange] = useState({ first: 0, last: size - 1 });
  const numbers = pagesOf(range.first, range.last, size);
  const pages = useQueries({
    queries: numbers.map((n) => ({
      queryKey: [...key, 'page', size, n],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(n * size, size, signal),
      gcTime: 60_000,
    })),
  });
  const loaded = new Map<number, ServerPage<Row>>();
  numbers.forEach((n, i) => {
    const data = pages[i]?.data;
    if (data) loaded.set(n, data);
  });
  const total = [...loaded.values()].at(-1)?.total;
  const now = { hash: hashKey(key), total, row: (i: number) => loaded.get(Math.floor(i / size))?.rows[i % size] };
  const before = useRef(now);
  useEffect(() => {
    if (total !== undefined) before.current = now;
  });
  const failed = pages.find((p) => p.error);
  const stale = total === undefined && !failed && before.current.total !== undefined && before.current.hash !== now.hash;
  const shown = stale ? before.current : now;
  return {
    total: shown.total,
    row: shown.row,
    question: shown.hash,
    onRange: (first, last) => setRange((r) => (r.first === first && r.last === last ? r : { first, last })),
    stale,
    error: failed?.error ?? null,
    retry: () => pages.forEach((p) => void p.refetch()),
  };
}

/** The pages that hold rows first to last; the first page always, for the total. */
export function pagesOf(first: number, last: number, size: number): number[] {
  const numbers = new Set([0]);
  for (let n = Math.floor(Math.max(0, first) / size); n <= Math.floor(Math.max(0, last) / size); n++) numbers.add(n);
  return [...numbers];
}
