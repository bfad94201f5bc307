import { ActionIcon } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { relative } from '@/lib/format';
import { Workspace } from '@/lib/generated/api';
import css from './Welcome.module.css';

/** Workspaces that were open before. One whose file is gone can only be forgotten. */
export function Recent({ onOpen }: { onOpen: (path: string) => void }) {
  const client = useQueryClient();
  const recent = useQuery({ queryKey: ['recent'], queryFn: ({ signal }) => Workspace.recent(signal) });
  const forget = useMutation({ mutationFn: (path: string) => Workspace.forget(path), onSuccess: () => client.invalidateQueries({ queryKey: ['recent'] }) });
  if (!recent.data || recent.data.length === 0) return null;
  return (
    <section className={css.recent} aria-label="Recent workspaces">
      <h2>Recent</h2>
      <ul>
        {recent.data.slice(0, 6).map((r) => (
          <li key={r.path}>
            <button type="button" disabled={!r.exists} onClick={() => onOpen(r.path)} title={r.path}>
              <span className={css.recentName}>{r.name}</span>
              <span className={css.recentPath}>{r.exists ? folderOf(r.path) : 'The file is not there any more'}</span>
              <span className={css.recentAt}>{relative(r.opened_at)}</span>
            </button>
            <ActionIcon size={24} aria-label={`Forget ${r.name}`} onClick={() => forget.mutate(r.path)}>
              <IconX size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, '');
}
