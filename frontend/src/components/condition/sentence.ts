import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Segments } from '@/lib/generated/api';
import type { Condition } from './node';
import { useVocabulary } from './vocabulary';

/** What a condition says, in English. */
export function useSentence(condition: Condition) {
  const named = useNamed();
  return useQuery({
    queryKey: ['segments', 'describe', JSON.stringify(condition)],
    queryFn: async ({ signal }) => (await Segments.describe(condition, signal)).sentence,
    select: named,
    placeholderData: keepPreviousData,
  });
}

/** Writes segments in a sentence of the program's by their names: it tells them by slug. */
export function useNamed(): (sentence: string) => string {
  const segments = useVocabulary().data?.segments;
  return useCallback((sentence: string) => sentence.replaceAll(/segment “([^”]+)”/g, (whole, slug: string) => (segments?.some((s) => s.slug === slug) ? `segment “${segments.find((s) => s.slug === slug)?.name}”` : whole)), [segments]);
}

/** Written as a sentence of its own. */
export function asSentence(text: string): string {
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('…') ? '' : '.'}`;
}
