import { useQuery } from '@tanstack/react-query';
import { useServerPages } from '@/components/table/useServerPages';
import { Contacts, Segments, type ContactRow } from '@/lib/generated/api';

/** What a table of contacts shows. */
export interface ContactView {
  search: string;
  segment: string;
  /** A condition as JSON; "" for none. */
  condition: string;
  sort: string;
  descending: boolean;
  columns: string[];
}

export function useColumns() {
  return useQuery({ queryKey: ['contacts', 'columns'], queryFn: ({ signal }) => Contacts.columns(signal) });
}

export function useSegmentNames() {
  return useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal) });
}

/** What a condition says, in English; nothing while there is no condition. */
export function useSentence(condition: string) {
  return useQuery({
    queryKey: ['segments', 'describe', condition],
    queryFn: async ({ signal }) => (await Segments.describe(parsed(condition), signal)).sentence,
    enabled: condition !== '',
  });
}

export function useContactRows(view: ContactView) {
  return useServerPages<ContactRow>(['contacts', 'list', view], async (offset, limit, signal) => {
    const page = await Contacts.list({ ...view, condition: parsed(view.condition), offset, limit }, signal);
    return { total: page.matched, rows: page.rows };
  });
}

function parsed(condition: string): unknown {
  if (condition === '') return null;
  try {
    return JSON.parse(condition) as unknown;
  } catch {
    return null; // an address that somebody has cut short
  }
}
