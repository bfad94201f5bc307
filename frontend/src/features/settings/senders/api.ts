import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failed, said } from '@/components/toast/toast';
import { Senders, type PutSender } from '@/lib/generated/api';

export function useSenders() {
  return useQuery({ queryKey: ['senders', 'list'], queryFn: ({ signal }) => Senders.list(signal) });
}

/** A sender as it was when it was opened: it is not asked for again under the hands of who edits it. */
export function useSender(slug: string) {
  return useQuery({ queryKey: ['sender-opened', slug], queryFn: ({ signal }) => Senders.get(slug, signal), enabled: slug !== '', staleTime: Infinity, gcTime: 0 });
}

export function useAdapters() {
  return useQuery({ queryKey: ['senders', 'adapters'], queryFn: ({ signal }) => Senders.adapters(signal), staleTime: Infinity });
}

export function useSecretStore() {
  return useQuery({ queryKey: ['senders', 'secrets'], queryFn: ({ signal }) => Senders.secretStore(signal), staleTime: Infinity });
}

export function useTestSender() {
  return useMutation({ mutationFn: (slug: string) => Senders.test(slug) });
}

export interface SavedSender {
  sender: PutSender;
  /** Passwords that were typed, by the name under which they are kept. */
  secrets: Record<string, string>;
}

/** Keeps the passwords first, then the settings that name them. */
export function useSaveSender() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ sender, secrets }: SavedSender) => {
      for (const [name, value] of Object.entries(secrets)) await Senders.setSecret(name, value);
      return Senders.put(sender);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['senders'] }),
  });
}

export function useRemoveSender() {
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: ['senders'] });
  return useMutation({
    mutationFn: async (slug: string) => {
      const doc = await Senders.get(slug);
      await Senders.remove(slug);
      return doc;
    },
    onSuccess: ({ slug, name, settings }) => {
      again();
      said(`“${name}” is removed.`, () => {
        Senders.put({ slug, name, settings, base_version: 0 }).then(again, (e: unknown) => failed(e, 'The sender could not be brought back'));
      });
    },
  });
}
