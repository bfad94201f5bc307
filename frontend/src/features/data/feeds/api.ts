import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Data, type Feed } from '@/lib/generated/api';

const key = ['data', 'feeds'];

/** The feeds; asked again now and then, since they are fetched in the background. */
export function useFeeds() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => Data.feeds(signal), refetchInterval: 30_000 });
}

export function useSaveFeed() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (f: Feed) => Data.putFeed(f), onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export function useRemoveFeed() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (slug: string) => Data.removeFeed(slug), onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export const fetchFeed = (slug: string, anyway: boolean) => Data.fetchFeed(slug, anyway);
