import { useQuery } from '@tanstack/react-query';
import { Campaigns } from '@/lib/generated/api';

/** How often runs are asked for while one is being sent, in milliseconds. */
const whileSending = 1000;

/** Every run of every campaign, newest first. */
export function useRuns() {
  return useQuery({
    queryKey: ['campaigns', 'overview'],
    queryFn: ({ signal }) => Campaigns.overview(signal),
    refetchInterval: (q) => (q.state.data?.some((r) => r.live) ? whileSending : false),
  });
}
