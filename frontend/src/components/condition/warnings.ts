import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Segments, type Warning } from '@/lib/generated/api';
import type { Counts } from './counts';
import { countedOf, idsByPath, readCondition, type Condition, type DraftGroup } from './node';

/** Something about one row that who wrote it may not have meant, and the row that changes it. */
export interface Remark {
  kind: string;
  text: string;
  offer: string;
  also: Condition | null;
}

const none: ReadonlyMap<string, Remark[]> = new Map();

/** What the program finds in a whole condition, by node; nothing while one is unfinished. */
export function useWarnings(root: DraftGroup, counts: Counts): ReadonlyMap<string, Remark[]> {
  const condition = useMemo(() => countedOf(root), [root]);
  const whole = root.children.length > 0 && (counts.count ?? -1) >= 0 && !counts.stale;
  const answer = useQuery({
    queryKey: ['segments', 'review', counts.at, JSON.stringify(condition)],
    queryFn: ({ signal }) => Segments.review(condition, counts.at, signal),
    enabled: whole,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const list = whole && !answer.isPlaceholderData ? answer.data : undefined;
  return useMemo(() => (list ? remarksOf(list, root) : none), [list, root]);
}

/** Warnings by the ids of the rows that they are about. */
export function remarksOf(list: Warning[], root: DraftGroup): ReadonlyMap<string, Remark[]> {
  const ids = idsByPath(root);
  const byId = new Map<string, Remark[]>();
  for (const w of list) {
    const id = ids.get(w.path);
    // Of a condition of one row, the row says it.
    if (id === undefined || (w.path === 'root' && root.children.length === 1 && w.kind.startsWith('always'))) continue;
    const text = w.message.charAt(0).toUpperCase() + w.message.slice(1);
    byId.set(id, [...(byId.get(id) ?? []), { kind: w.kind, text, offer: w.offer, also: w.also === null ? null : readCondition(w.also) }]);
  }
  return byId;
}
