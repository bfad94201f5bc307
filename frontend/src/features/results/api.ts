import { useQuery } from '@tanstack/react-query';
import { Campaigns, Content } from '@/lib/generated/api';

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

/** The names of the templates, as they are called now; one that is gone keeps its short name. */
export function useTemplateNames(): (slug: string) => string {
  const templates = useQuery({ queryKey: ['content', 'templates'], queryFn: ({ signal }) => Content.templates(signal) }).data ?? [];
  return (slug) => templates.find((t) => t.slug === slug)?.name ?? slug;
}
