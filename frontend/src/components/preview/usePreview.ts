import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Preview, type PreviewRequest, type PreviewResult } from '@/lib/generated/api';

/** What to look at; leave out what does not matter. */
export type Looked = Partial<Omit<PreviewRequest, 'contact_id'>>;

/** How long after the last keystroke a draft is composed, in milliseconds. */
const pause = 80;

export function requestOf(looked: Looked, contact: number): PreviewRequest {
  return { template: null, slug: '', version: 0, campaign: '', ...looked, contact_id: contact };
}

export interface ComposedPreview {
  /** The newest answer; an older one while a new one is on its way. */
  result: PreviewResult | undefined;
  /** While a draft is not whole, as while one types: what could be composed last for the same person. */
  whole?: PreviewResult;
  /** Whether the answer is of something older. */
  stale: boolean;
  error: Error | null;
  retry: () => void;
}

/**
 * Composes a message for a person, 80 ms after what is looked at last changed;
 * an older call is aborted. Nothing is asked while contact is 0.
 */
export function usePreview(looked: Looked | null, contact: number): ComposedPreview {
  const [slow] = useDebouncedValue(looked, pause);
  const query = useQuery({
    queryKey: ['preview', slow, contact],
    queryFn: ({ signal }) => Preview.compose(requestOf(slow ?? {}, contact), signal),
    enabled: slow !== null && contact !== 0,
    placeholderData: keepPreviousData,
    // The program keeps the last few messages only: an old answer's frame may be gone.
    staleTime: 0,
    gcTime: 0,
  });
  const result = query.data;
  const [good, setGood] = useState<PreviewResult>();
  if (result && !result.failed && result !== good) setGood(result);
  return {
    result,
    whole: result?.failed && result.email === '' && good?.contact_id === result.contact_id ? good : undefined,
    stale: query.isPlaceholderData || slow !== looked,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** How long after the last change of a draft its ways are looked up, in milliseconds. */
const rest = 700;

/**
 * The distinct ways in which a message comes out, each with a person who gets it so,
 * looked up when a draft has rested; the older answer stays until then.
 */
export function useSpecimens(looked: Looked | null, segment: string) {
  const [rested, setRested] = useState<Looked | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(looked), rest);
    return () => clearTimeout(timer);
  }, [looked]);
  return useQuery({
    queryKey: ['preview', 'specimens', rested, segment],
    queryFn: ({ signal }) => Preview.specimens(requestOf(rested ?? {}, 0), segment, signal),
    enabled: rested !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}
