import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Status } from './generated/api';
import { statusKey } from './query';

/** Opens or makes a workspace and goes to its first page. */
export function useEnterWorkspace(onError?: (error: Error) => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (enter: () => Promise<Status>) => enter(),
    onSuccess: async (status) => {
      await navigate({ to: '/' });
      client.setQueryData(statusKey, status);
      void client.invalidateQueries({ queryKey: ['recent'] });
    },
    onError,
  });
}

/** What a file dialog shows of workspaces. */
export const workspaceFiles = [{ name: 'Workspaces', pattern: '*.mailwright' }];
