import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { useServerPages } from '@/components/table/useServerPages';
import { EmptyState } from '@/components/states/EmptyState';
import { SearchField } from '@/components/toolbar/Toolbar';
import { count } from '@/lib/format';
import { Campaigns, type MessageSummary } from '@/lib/generated/api';
import { wordsOf } from '@/lib/outbox';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { SideDrawer } from '../SideDrawer';
import { useResolve } from './messages';
import { MessageDialog } from './MessageDialog';

interface Props {
  slug: string;
  /** One state; "" for all messages. */
  state: string;
  total: number | undefined;
  onClose: () => void;
}

/** The messages of a run, of one state or all; each opens as it was sent. */
export function MessagesDrawer({ slug, state, total, onClose }: Props) {
  const [search, setSearch] = useState('');
  const [slow] = useDebouncedValue(search, 120);
  const [opened, setOpened] = useState<MessageSummary | null>(null);
  const resolve = useResolve(slug);
  const rows = useServerPages(['campaigns', 'messages', slug, state, slow], (offset, limit, signal) => Campaigns.messages(slug, state, slow, offset, limit, signal));
  const title = `${total === undefined ? '' : `${count(total)} `}${state === '' ? 'messages' : wordsOf(state).label}`;
  const again = state === 'rejected' || state === 'held';
  return (
    <SideDrawer
      title={title}
      onClose={onClose}
      head={
        <>
          <SearchField label="Search by address or subject" value={search} onChange={setSearch} width={280} />
          {again && (
            <Button loading={resolve.isPending} onClick={() => resolve.mutate({ which: state, verdict: 'resend' })}>
              Put all back to be sent
            </Button>
          )}
        </>
      }
    >
      <DataTable label={title} columns={columnsOf(state)} rows={rows} onOpen={setOpened} empty={<EmptyState title={slow ? `No message for “${slow}”` : 'There are none any more'} />} />
      {opened && <MessageDialog slug={slug} message={opened} onClose={() => setOpened(null)} />}
    </SideDrawer>
  );
}

function columnsOf(state: string): DataColumn<MessageSummary>[] {
  const who: DataColumn<MessageSummary> = { key: 'email', label: 'To', width: 180, render: (m) => m.email };
  const reason: DataColumn<MessageSummary> = { key: 'reason', label: 'Why', width: 240, grow: 2, render: (m) => <span title={m.error}>{m.error}</span> };
  const subject: DataColumn<MessageSummary> = { key: 'subject', label: 'Subject', width: 200, grow: 2, render: (m) => m.subject };
  const fate: DataColumn<MessageSummary> = {
    key: 'state',
    label: 'State',
    width: 100,
    render: (m) => (
      <span className={panels.fate}>
        <span className={css.dot} style={{ background: wordsOf(m.state).color }} /> {wordsOf(m.state).label}
      </span>
    ),
  };
  if (state === '') return [who, fate, subject];
  return ['accepted', 'planned', 'sending'].includes(state) ? [who, subject] : [who, reason];
}
