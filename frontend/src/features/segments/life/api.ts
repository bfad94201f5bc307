import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failed, said } from '@/components/toast/toast';
import { Segments, type Segment } from '@/lib/generated/api';

/** How often a segment's history is looked at: what is noted in the background changes no data. */
const pulse = 4000;

/** How many changes are listed. */
const listed = 50;

/** How a segment moved, and what is kept beside its definition. */
export function useHistory(slug: string) {
  return useQuery({ queryKey: ['segments', 'history', slug], queryFn: ({ signal }) => Segments.history(slug, listed, signal), refetchInterval: pulse });
}

export function useVersions(slug: string) {
  return useQuery({ queryKey: ['segments', 'versions', slug], queryFn: ({ signal }) => Segments.versions(slug, signal) });
}

export function useVersion(slug: string, version: number | null) {
  return useQuery({
    queryKey: ['segments', 'version', slug, version],
    queryFn: ({ signal }) => Segments.version(slug, version ?? 0, signal),
    enabled: version !== null,
    staleTime: Infinity, // a version never changes
  });
}

/** Does something to a segment, says so, and has everything about segments read again. */
function useAct<A>(act: (a: A) => Promise<unknown>, says: (a: A) => string, failure: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (_, a) => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      said(says(a));
    },
    onError: (e) => failed(e, failure),
  });
}

export interface Care {
  note: string;
  owner: string;
  review_on: string;
}

export function useLookAfter(s: Segment) {
  return useAct<Care>(({ note, ...care }) => Segments.lookAfter(s.slug, note, care), () => `“${s.name}” is kept so.`, 'It was not kept');
}

export function useFreeze(s: Segment) {
  return useAct<string>(
    (name) => Segments.freeze({ slug: s.slug, as: '', name }),
    (name) => (name === '' ? `“${s.name}” is a fixed list now.` : `“${name}” is a fixed list of who is in “${s.name}” now.`),
    'No list was made',
  );
}

export function useThaw(s: Segment) {
  return useAct<void>(() => Segments.thaw(s.slug), () => `“${s.name}” is live again.`, 'It stays a fixed list');
}

export function useRestore(s: Segment) {
  return useAct<number>((version) => Segments.restore(s.slug, version), (version) => `Version ${version} of “${s.name}” is the newest again.`, 'It was not restored');
}
