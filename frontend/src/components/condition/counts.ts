import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { Segments, type SegmentCount } from '@/lib/generated/api';
import { countedOf, idsByPath, ownerOf, type DraftGroup } from './node';

/** How long typing may go on before the tree is counted, in milliseconds. */
const pause = 60;

export interface Counts {
  /** Of the whole; undefined until the first answer, -1 while something is unfinished. */
  count: number | undefined;
  total: number | undefined;
  byId: ReadonlyMap<string, number>;
  problems: ReadonlyMap<string, string[]>;
  /** What is told is of the tree before. */
  stale: boolean;
  error: Error | null;
  ms: number | undefined;
  /** The instant that is counted as of, in Unix ms; 0 is now. */
  at: number;
}

const nothing: Counts = { count: undefined, total: undefined, byId: new Map(), problems: new Map(), stale: true, error: null, ms: undefined, at: 0 };

/** Counts a tree and every node of it, again after each edit, as of an instant. An older question is given up. */
export function useCounts(root: DraftGroup, at = 0): Counts {
  const [asked] = useDebouncedValue(root, pause);
  const condition = useMemo(() => countedOf(asked), [asked]);
  const answer = useQuery({
    queryKey: ['segments', 'count', JSON.stringify(condition), ...(at ? [at] : [])],
    queryFn: ({ signal }) => (at ? Segments.countAt(condition, at, signal) : Segments.count(condition, signal)),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  // Counts belong to nodes, not to paths: while rows move, each keeps its own.
  const shown = useRef(nothing);
  const fresh = answer.data && !answer.isPlaceholderData ? answer.data : undefined;
  const now = useMemo(() => (fresh ? countsOf(fresh, asked) : undefined), [fresh, asked]);
  if (now) shown.current = now;
  return { ...(now ?? shown.current), stale: asked !== root || now === undefined, error: answer.error, at };
}

/** What an answer says of the nodes of the tree that was asked for. */
export function countsOf(answer: SegmentCount, root: DraftGroup): Counts {
  const ids = idsByPath(root);
  const byId = new Map<string, number>();
  for (const n of answer.nodes) {
    const id = ids.get(n.path);
    if (id !== undefined) byId.set(id, n.count);
  }
  const problems = new Map<string, string[]>();
  for (const p of answer.problems) {
    const id = ownerOf(p.path, ids);
    if (id !== undefined) problems.set(id, [...(problems.get(id) ?? []), p.message]);
  }
  return { count: answer.count, total: answer.total, byId, problems, stale: false, error: null, ms: answer.ms, at: 0 };
}
