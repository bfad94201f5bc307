import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconArrowsLeftRight, IconChartDots3, IconChecklist, IconDots, IconDownload, IconHistory, IconTrash, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import type { Condition } from '@/components/condition/node';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { said } from '@/components/toast/toast';
import { useRemoveSegment } from '../api';
import { AuditDialog } from './AuditDialog';
import type { Opened } from './Editor';
import { ExportDialog } from './ExportDialog';
import { Movers } from './Movers';

interface Props {
  segment: Opened;
  condition: Condition;
  count: number;
}

/** What else can be done with a segment. */
export function EditorMenu({ segment, condition, count }: Props) {
  const navigate = useNavigate();
  const remove = useRemoveSegment();
  const [shown, setShown] = useState<'export' | 'movers' | 'audit' | 'remove' | null>(null);
  const close = () => setShown(null);
  const saved = segment.version > 0;
  return (
    <>
      {saved && (
        <Button leftSection={<IconHistory size={15} />} onClick={() => void navigate({ to: '/segments/$slug/life', params: { slug: segment.slug } })}>
          Over time
        </Button>
      )}
      <Button leftSection={<IconDownload size={15} />} disabled={count <= 0} onClick={() => setShown('export')}>
        Export
      </Button>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon size={32} aria-label="More">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUsers size={15} />} component={Link} to={`/contacts?condition=${encodeURIComponent(JSON.stringify(condition))}`} disabled={count < 0}>
            See all as a table
          </Menu.Item>
          <Menu.Item leftSection={<IconChartDots3 size={15} />} disabled={!saved} onClick={() => void navigate({ to: '/segments', search: { compare: segment.slug } })}>
            Compare with others
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={15} />} disabled={!saved} onClick={() => void navigate({ to: '/segments/$slug/life', params: { slug: segment.slug } })}>
            Over time and versions
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowsLeftRight size={15} />} disabled={count < 0} onClick={() => setShown('movers')}>
            Who came and who went
          </Menu.Item>
          <Menu.Item leftSection={<IconChecklist size={15} />} disabled={count < 0} onClick={() => setShown('audit')}>
            Check against the rows
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={15} />} disabled={!saved} onClick={() => setShown('remove')}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ExportDialog opened={shown === 'export'} onClose={close} name={segment.name || 'segment'} condition={condition} count={count} />
      <Movers opened={shown === 'movers'} onClose={close} condition={condition} />
      <AuditDialog opened={shown === 'audit'} onClose={close} condition={condition} />
      <ConfirmDialog
        opened={shown === 'remove'}
        title={`Remove “${segment.name}”?`}
        confirm="Remove"
        danger
        onClose={close}
        onConfirm={async () => {
          await remove.mutateAsync(segment.slug);
          said(`“${segment.name}” is removed. Nobody in it was touched.`);
          await navigate({ to: '/segments', ignoreBlocker: true });
        }}
      >
        The people stay as they are; only the name for them goes. A segment that a campaign or a rule needs is not removed.
      </ConfirmDialog>
    </>
  );
}
