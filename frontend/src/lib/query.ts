import { QueryClient } from '@tanstack/react-query';

/**
 * Keys of queries that follow the program itself. Every other query is data of
 * the workspace: it is asked again when the workspace's data_version changes.
 */
export const statusKey = ['status'] as const;
export const jobsKey = ['jobs'] as const;

const live = new Set<unknown>([statusKey[0], jobsKey[0]]);

/** Calls are local and say at once what is wrong: trying again helps nobody. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, gcTime: 5 * 60_000, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Asks again for everything that shows data of the workspace. */
export function dataChanged(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: (q) => !live.has(q.queryKey[0]) });
}

/** Forgets everything of a workspace that is no longer open. */
export function workspaceChanged(client: QueryClient): void {
  void client.resetQueries({ predicate: (q) => !live.has(q.queryKey[0]) });
}
