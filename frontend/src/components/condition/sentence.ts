import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Segments } from '@/lib/generated/api';
import type { Condition } from './node';

/** What a condition says, in English. */
export function useSentence(condition: Condition) {
  return useQuery({
    queryKey: ['segments', 'describe', JSON.stringify(condition)],
    queryFn: async ({ signal }) => (await Segments.describe(condition, signal)).sentence,
    placeholderData: keepPreviousData,
  });
}

/** Written as a sentence of its own. */
export function asSentence(text: string): string {
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('…') ? '' : '.'}`;
}
