import { useQueryClient } from '@tanstack/react-query';
import { IconCopy, IconFolderOpen, IconLogout } from '@tabler/icons-react';
import { chooseFile, chooseSavePath } from '@/components/files/files';
import { failed, said } from '@/components/toast/toast';
import type { Action } from '@/lib/actions';
import { Workspace } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import { statusKey } from '@/lib/query';
import { useStatus } from '@/lib/status';
import { useEnterWorkspace, workspaceFiles } from '@/lib/workspace';

/** Opening, copying and closing workspaces. */
export function useWorkspaceActions(): { actions: Action[]; open: (path: string) => void } {
  const client = useQueryClient();
  const name = useStatus().data?.name ?? 'workspace';
  const backup = useRunJob((job) => {
    if (job.state === 'done') said('The copy is written.');
    if (job.state === 'failed' && job.error) failed(job.error.message, 'The copy could not be written');
  });
  const attempt = async (title: string, work: () => Promise<unknown>) => {
    try {
      await work();
      await client.invalidateQueries({ queryKey: statusKey });
    } catch (e) {
      failed(e, title);
    }
  };
  const enter = useEnterWorkspace((e) => failed(e, 'The workspace could not be opened'));
  const open = (path: string) => enter.mutate(() => Workspace.open(path));
  const actions: Action[] = [
    {
      name: 'workspace.open', label: 'Open a workspace…', section: 'Workspace', keys: 'mod+o', icon: IconFolderOpen,
      perform: () =>
        void chooseFile({ title: 'Open a workspace', filters: workspaceFiles, inPlace: true }).then((path) => path && open(path), failed),
    },
    {
      name: 'workspace.backup', label: 'Save a copy…', section: 'Workspace', icon: IconCopy, keywords: ['backup'],
      perform: () =>
        void chooseSavePath({ title: 'Save a copy of the workspace', defaultName: `${name} ${new Date().toISOString().slice(0, 10)}.mailwright` }).then(
          (path) => path && backup.start(() => Workspace.backup(path)),
          failed,
        ),
    },
    {
      name: 'workspace.close', label: 'Close the workspace', section: 'Workspace', icon: IconLogout,
      perform: () => void attempt('The workspace could not be closed', () => Workspace.close()),
    },
  ];
  return { actions, open };
}
