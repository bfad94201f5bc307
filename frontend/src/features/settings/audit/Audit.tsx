import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconCheck, IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Chip } from '@/components/chip/Chip';
import { EmptyState } from '@/components/states/EmptyState';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { useServerPages } from '@/components/table/useServerPages';
import { failed } from '@/components/toast/toast';
import { Toolbar } from '@/components/toolbar/Toolbar';
import { dateTime, plural } from '@/lib/format';
import { Audit, type AuditRow } from '@/lib/generated/api';
import list from '../suppressions/Suppressions.module.css';
import { actionText, detailText } from './words';

/** Everything that was changed, by whom and when; and the proof that nothing of it was changed later. */
export function AuditPart() {
  const navigate = useNavigate();
  const rows = useServerPages<AuditRow>(['audit', 'list'], (offset, limit, signal) => Audit.list({ contact_id: 0, offset, limit }, signal));
  const verify = useMutation({ mutationFn: () => Audit.verify(), onError: (e) => failed(e, 'The history could not be checked') });
  const columns = useMemo<DataColumn<AuditRow>[]>(
    () => [
      { key: 'at', label: 'When', width: 150, grow: 0.6, render: (r) => dateTime(r.at) },
      { key: 'action', label: 'What', width: 170, render: (r) => actionText(r.action) },
      { key: 'who', label: 'Of whom', width: 180, render: (r) => r.email || (r.contact_id > 0 ? 'Somebody erased' : '') },
      { key: 'open', label: 'Details', width: 180, grow: 1.6, render: (r) => detailText(r.open) },
      { key: 'actor', label: 'From', width: 70, grow: 0.4, render: (r) => r.actor },
    ],
    [],
  );
  return (
    <div className={list.list}>
      <Toolbar
        end={
          <>
            {verify.data && (
              <Chip tone={verify.data.ok ? 'ok' : 'bad'} icon={verify.data.ok ? <IconCheck size={12} /> : <IconAlertTriangle size={12} />}>
                {verify.data.message}
              </Chip>
            )}
            <Button leftSection={<IconShieldCheck size={15} />} loading={verify.isPending} onClick={() => verify.mutate()}>
              Check the history
            </Button>
          </>
        }
      >
        <span className={list.count}>{rows.total !== undefined && plural(rows.total, 'entry', 'entries')}</span>
      </Toolbar>
      <DataTable
        label="History of changes"
        columns={columns}
        rows={rows}
        onOpen={(r) => {
          if (r.contact_id > 0 && r.email) void navigate({ to: '/contacts/$id', params: { id: String(r.contact_id) } });
        }}
        empty={<EmptyState title="Nothing was changed yet">Every change of people’s data is written here.</EmptyState>}
      />
    </div>
  );
}
