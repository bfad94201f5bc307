import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { readCondition, type Condition } from '@/components/condition/node';
import { AppError } from '@/lib/bridge';
import { Segments, type Segment } from '@/lib/generated/api';

export function useSegments() {
  return useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal), refetchInterval: 60_000 });
}

/** A segment as it was when it was opened: it is not asked for again under the hands of who edits it. */
export function useSegment(slug: string | null) {
  return useQuery({
    queryKey: ['segment-opened', slug],
    queryFn: ({ signal }) => Segments.get(slug ?? '', signal),
    enabled: slug !== null,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: 'always',
  });
}

/** Some of the people to whom a condition applies. */
export function useSample(condition: Condition, n: number, enabled: boolean, at = 0) {
  return useQuery({
    queryKey: ['segments', 'sample', n, at, JSON.stringify(condition)],
    queryFn: ({ signal }) => (at ? Segments.sampleAt(condition, n, at, signal) : Segments.sample(condition, n, signal)),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useExplanation(condition: Condition, contact: number | null, enabled: boolean, at = 0) {
  return useQuery({
    queryKey: ['segments', 'explain', contact, at, JSON.stringify(condition)],
    queryFn: ({ signal }) => (at ? Segments.explainAt(condition, contact ?? 0, at, signal) : Segments.explain(condition, contact ?? 0, signal)),
    placeholderData: keepPreviousData,
    enabled: enabled && contact !== null,
  });
}

/** Who came and went between two instants. */
export function useMovers(condition: Condition, from: number, to: number, enabled: boolean) {
  return useQuery({
    queryKey: ['segments', 'movers', from, to, JSON.stringify(condition)],
    queryFn: ({ signal }) => Segments.movers({ slug: '', condition, from, to, path: '' }, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useOverlap(slugs: string[]) {
  return useQuery({ queryKey: ['segments', 'overlap', slugs], queryFn: ({ signal }) => Segments.overlap(slugs, signal), enabled: slugs.length > 0, placeholderData: keepPreviousData });
}

/** Of a segment in no exclusive group. */
export const noPlace = { group: '', name: '', place: 0, of: 0 };

export interface SavedSegment {
  segment: Omit<Segment, 'condition' | 'version' | 'updated_at' | 'frozen_at' | 'place'> & { condition: Condition };
  base: number;
}

export function useSaveSegment(onSaved: (s: Segment) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ segment, base }: SavedSegment) => Segments.put({ ...segment, version: 0, updated_at: 0, frozen_at: 0, place: noPlace }, base),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['segments'] });
      onSaved(saved);
    },
  });
}

export function useRemoveSegment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (slug: string) => Segments.remove(slug),
    onSuccess: () => client.invalidateQueries({ queryKey: ['segments'] }),
  });
}

/** The condition of a segment; one that this program cannot read is an error that says so. */
export function conditionOf(segment: Segment): Condition {
  const c = readCondition(segment.condition);
  if (!c) throw new AppError('invalid', `The condition of “${segment.name}” was written by a newer program and cannot be edited here.`);
  return c;
}
