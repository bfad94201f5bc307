import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failed, said } from '@/components/toast/toast';
import { Segments, type PutGroup, type SegmentGroup } from '@/lib/generated/api';

export function useGroups() {
  return useQuery({ queryKey: ['segments', 'groups'], queryFn: ({ signal }) => Segments.groups(signal) });
}

/** Saves a group; the answer has its new counts. */
export function usePutGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (g: PutGroup) => Segments.putGroup(g),
    onSuccess: () => client.invalidateQueries({ queryKey: ['segments'] }),
    onError: (e) => failed(e, 'The group was not saved'),
  });
}

export function useRemoveGroup() {
  const client = useQueryClient();
  const put = usePutGroup();
  return useMutation({
    mutationFn: (g: SegmentGroup) => Segments.removeGroup(g.slug),
    onSuccess: async (_, g) => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      said(`The group “${g.name}” is removed; its segments stay.`, () => put.mutate({ slug: g.slug, name: g.name, segments: g.rungs.map((r) => r.slug), base_version: 0 }));
    },
    onError: (e) => failed(e, 'The group was not removed'),
  });
}
