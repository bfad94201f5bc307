import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Workspace, type Status } from './generated/api';
import { dataChanged, statusKey, workspaceChanged } from './query';

/** How often the open workspace is looked at, in milliseconds. */
const pulse = 1500;

/** What is open, as last seen. */
export function useStatus() {
  return useQuery({
    queryKey: statusKey,
    queryFn: ({ signal }) => Workspace.status(signal),
    refetchInterval: pulse,
    staleTime: pulse,
  });
}

/** The open workspace's currency, "EUR" until it is known. */
export function useCurrency(): string {
  return useStatus().data?.currency || 'EUR';
}

/** The open workspace's zone, in which its days begin; the computer's until it is known. */
export function useZone(): string {
  return useStatus().data?.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Keeps the pages' data as new as the workspace. Mounted once, by the shell. */
export function useFollowWorkspace(): void {
  const client = useQueryClient();
  const status = useStatus().data;
  const seen = useRef<Pick<Status, 'uuid' | 'path' | 'data_version'> | null>(null);
  useEffect(() => {
    if (!status) return;
    const before = seen.current;
    seen.current = status;
    if (!before) return;
    if (before.uuid !== status.uuid || before.path !== status.path) workspaceChanged(client);
    else if (before.data_version !== status.data_version) void dataChanged(client);
  }, [client, status]);
}
