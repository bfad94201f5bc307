import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Condition } from '@/components/condition/node';
import { failed, said } from '@/components/toast/toast';
import { Contacts, Scoring, Segments, type ContactDetail } from '@/lib/generated/api';
import { statusKey } from '@/lib/query';

const personKey = (id: number) => ['contacts', 'one', id] as const;

export function usePerson(id: number) {
  return useQuery({ queryKey: personKey(id), queryFn: ({ signal }) => Contacts.get(id, signal) });
}

/** RFM and engagement, with how they came about. */
export function useScores(id: number) {
  return useQuery({ queryKey: [...personKey(id), 'scores'], queryFn: ({ signal }) => Scoring.person(id, signal) });
}

/** When the person joined and left segments, the newest first. Noted in the background, so it is looked at again. */
export function useMoves(id: number) {
  return useQuery({ queryKey: [...personKey(id), 'moves'], queryFn: ({ signal }) => Segments.movesOf(id, signal), refetchInterval: 10_000 });
}

/** How many events come at once. */
const chunk = 200;

/** What they did, newest first. */
export function useTimeline(id: number) {
  return useInfiniteQuery({
    queryKey: [...personKey(id), 'timeline'],
    queryFn: ({ pageParam, signal }) => Contacts.timeline(id, pageParam, chunk, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < chunk ? undefined : last.at(-1)?.at),
  });
}

/** Changes attributes; a value of null empties one. It says so, and offers the way back. */
export function useSaveAttribute(person: ContactDetail) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ name, value }: { name: string; label: string; value: unknown }) => Contacts.save(person.id, { [name]: value }),
    onSuccess: () => client.invalidateQueries({ queryKey: personKey(person.id) }),
  });
  const withUndo = (name: string, label: string, value: unknown, before: unknown) =>
    save.mutateAsync({ name, label, value }).then(() => said(`${label} is saved.`, () => void save.mutateAsync({ name, label, value: before ?? null }).catch(failed)));
  return { save: withUndo, saving: save.isPending };
}

export function useSetConsent(person: ContactDetail) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ purpose, state, source }: { purpose: string; state: 'granted' | 'withdrawn'; source: string }) => Contacts.setConsent(person.id, purpose, state, source),
    onSuccess: async (_, { purpose, state }) => {
      await client.invalidateQueries({ queryKey: personKey(person.id) });
      said(state === 'granted' ? `The consent to ${purpose} is noted.` : `The consent to ${purpose} is withdrawn.`);
    },
  });
}

export function useErase(person: ContactDetail) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => Contacts.erase(person.id),
    onSuccess: () => {
      client.removeQueries({ queryKey: personKey(person.id) });
      void client.invalidateQueries({ queryKey: statusKey });
    },
  });
}

/** Everything known of a person, as they may ask for it. */
export function useExport(id: number, asked: boolean) {
  return useQuery({ queryKey: [...personKey(id), 'export'], queryFn: ({ signal }) => Contacts.export(id, signal), enabled: asked });
}

/** Why a person is in a segment. */
export function useWhy(id: number, segment: string | null) {
  return useQuery({
    queryKey: [...personKey(id), 'why', segment],
    queryFn: async ({ signal }) => {
      const { condition } = await Segments.get(segment ?? '', signal);
      return { condition: condition as Condition, explanation: await Segments.explain(condition, id, signal) };
    },
    enabled: segment !== null,
  });
}
