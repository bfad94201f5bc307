import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failed, said } from '@/components/toast/toast';
import { ContentServices, Segments, Senders, type ContentService, type Service } from '@/lib/generated/api';

export function useServices() {
  return useQuery({ queryKey: ['services', 'list'], queryFn: ({ signal }) => ContentServices.list(signal) });
}

/** Attributes that a service can be told. */
export function useAttributes() {
  return useQuery({ queryKey: ['segments', 'vocabulary'], queryFn: ({ signal }) => Segments.vocabulary(signal), select: (v) => v.attributes });
}

export interface SavedService {
  slug: string;
  settings: Service;
  base: number;
  /** A token that was typed, kept under the name that the settings give; "" leaves what is kept. */
  token: string;
}

/** Keeps the token first, then the settings that name it. */
export function useSaveService() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ slug, settings, base, token }: SavedService) => {
      if (token !== '' && settings.secret) await Senders.setSecret(settings.secret, token);
      return ContentServices.put(slug, settings, base);
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['services'] });
      said(`“${saved.name}” is saved. E-mails see it as services.${saved.slug}.`);
    },
  });
}

export function useRemoveService() {
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: ['services'] });
  return useMutation({
    mutationFn: async (s: ContentService) => {
      await ContentServices.remove(s.slug);
      return s;
    },
    onSuccess: (s) => {
      again();
      said(`“${s.name}” is removed.`, () => void ContentServices.put(s.slug, s.settings, 0).then(again, (e: unknown) => failed(e)));
    },
    onError: (e) => failed(e, 'It was not removed'),
  });
}

/** What a service, saved or not, is told of a person and says. */
export function useTryService() {
  return useMutation({ mutationFn: ({ settings, contact }: { settings: Service; contact: number }) => ContentServices.try(settings, contact) });
}
