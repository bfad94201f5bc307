import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconFile } from '@tabler/icons-react';
import { useAllActions, useActions } from '@/lib/actions';
import { Workspace } from '@/lib/generated/api';
import { useStatus } from '@/lib/status';
import { Mark } from '@/components/mark/Mark';
import css from './Shell.module.css';
import { useWorkspaceActions } from './workspace-actions';

/** The workspace's name, and what can be done with workspaces. */
export function WorkspaceMenu() {
  const status = useStatus().data;
  const { actions, open } = useWorkspaceActions();
  useActions(actions);
  const shown = useAllActions().filter((a) => a.section === 'Workspace');
  const recent = useQuery({ queryKey: ['recent'], queryFn: ({ signal }) => Workspace.recent(signal), staleTime: 5_000 });
  const others = (recent.data ?? []).filter((r) => r.exists && r.path !== status?.path).slice(0, 6);
  return (
    <Menu width={260}>
      <Menu.Target>
        <button type="button" className={css.workspace} aria-label={`Workspace ${status?.name ?? ''}`}>
          <Mark className={css.mark} />
          <span>{status?.name}</span>
          <IconChevronDown size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.length > 0 && <Menu.Label>Open another</Menu.Label>}
        {others.map((r) => (
          <Menu.Item key={r.path} leftSection={<IconFile size={14} />} onClick={() => open(r.path)} title={r.path}>
            {r.name}
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        {shown.map((a) => (
          <Menu.Item key={a.name} leftSection={a.icon && <a.icon size={14} />} onClick={a.perform}>
            {a.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
