import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Condition } from '@/components/condition/node';
import { Scoring, type Engagement, type RFM, type Scores } from '@/lib/generated/api';

export function useModel() {
  return useQuery({ queryKey: ['scores', 'model'], queryFn: ({ signal }) => Scoring.model(signal) });
}

/** The map by a model that may be a draft; the old one stays while a new one comes. */
export function useRFM(model: RFM) {
  return useQuery({ queryKey: ['scores', 'rfm', model], queryFn: ({ signal }) => Scoring.rFM(model, signal), placeholderData: keepPreviousData });
}

export function useEngagement(model: Engagement) {
  return useQuery({ queryKey: ['scores', 'engagement', model], queryFn: ({ signal }) => Scoring.engagement(model, signal), placeholderData: keepPreviousData });
}

/** Saves over the version that was looked at; everything that conditions answer is asked anew. */
export function useSave() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (scores: Scores) => Scoring.save(scores, scores.version),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Asks for the saved model again: somebody else may have saved one. */
export function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['scores', 'model'] });
}

/** The people of a condition in the list of contacts. */
export const peopleOf = (condition: Condition) => `/contacts?condition=${encodeURIComponent(JSON.stringify(condition))}`;

/** A new segment that begins with a condition. */
export const segmentOf = (condition: Condition) => `/segments/_new?condition=${encodeURIComponent(JSON.stringify(condition))}`;
