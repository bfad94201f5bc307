import { useQuery } from '@tanstack/react-query';
import type { Condition } from '@/components/condition/node';
import { Segments, type Segment } from '@/lib/generated/api';

/**
 * Who counts in a segment as it is saved, where that is told by more than its
 * condition: a fixed list, or a place in an exclusive group. Null where the
 * condition tells it alone, or is being changed.
 */
export function useCounted(s: Omit<Segment, 'condition'>, changed: boolean): { condition: Condition; count: number } | null {
  const more = s.frozen_at > 0 || (s.place.place > 1 && !changed);
  const condition: Condition = { kind: 'segment', segment: s.slug, op: 'in' };
  const answer = useQuery({ queryKey: ['segments', 'count', JSON.stringify(condition)], queryFn: ({ signal }) => Segments.count(condition, signal), enabled: more });
  return more ? { condition, count: answer.data?.count ?? -1 } : null;
}
