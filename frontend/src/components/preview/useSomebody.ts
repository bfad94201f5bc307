import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Contacts, type ContactHit } from '@/lib/generated/api';

/**
 * Whom a message is looked at for: somebody chosen, or, to begin with, the first
 * of a segment. none is true when there is nobody to choose.
 */
export function useSomebody(segment = ''): { contact: ContactHit | null; choose: (c: ContactHit) => void; none: boolean } {
  const [chosen, choose] = useState<ContactHit | null>(null);
  const first = useQuery({
    queryKey: ['contacts', 'somebody', segment],
    queryFn: async ({ signal }) => (segment === '' ? ((await Contacts.find('', 1, signal))[0] ?? null) : Contacts.random(segment, signal)),
    staleTime: Infinity,
  });
  return { contact: chosen ?? first.data ?? null, choose, none: chosen === null && (first.data === null || first.isError) };
}
