import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Recommendations, type Json, type Recommendation } from '@/lib/generated/api';

const key = ['recommendations'];

export function useRecommendations() {
  return useQuery({ queryKey: [...key, 'list'], queryFn: ({ signal }) => Recommendations.list(signal) });
}

export function useRecommendation(slug: string) {
  return useQuery({ queryKey: [...key, 'one', slug], queryFn: ({ signal }) => Recommendations.get(slug, signal), enabled: slug !== '' });
}

export function useSaveRecommendation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (r: Recommendation) => Recommendations.put(r, r.version),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveRecommendation() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (slug: string) => Recommendations.remove(slug), onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

/** What a person would get by a way of choosing that need not be saved. */
export function usePicks(contact: number | undefined, body: Json, limit: number) {
  return useQuery({
    queryKey: [...key, 'picks', contact, body, limit],
    queryFn: ({ signal }) => Recommendations.for(contact ?? 0, { source: '', body, new: false, limit }, signal),
    enabled: contact !== undefined,
    retry: false,
  });
}

export function useLastEvaluation() {
  return useQuery({ queryKey: [...key, 'evaluation'], queryFn: ({ signal }) => Recommendations.lastEvaluation(signal) });
}

export const startEvaluation = () => Recommendations.evaluate();

export function useEvaluated() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: [...key, 'evaluation'] });
}
