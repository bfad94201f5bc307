import { ActionIcon, Button, Modal, TextInput, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBan, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import dialog from '@/components/confirm/ConfirmDialog.module.css';
import { EmptyState } from '@/components/states/EmptyState';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { useServerPages } from '@/components/table/useServerPages';
import { failed, said } from '@/components/toast/toast';
import { SearchField, Toolbar } from '@/components/toolbar/Toolbar';
import { messageOf } from '@/lib/bridge';
import { date, plural } from '@/lib/format';
import { Contacts, type SuppressedAddress } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import css from './Suppressions.module.css';

const key = ['contacts', 'suppressions'] as const;

/** Addresses that are never written to, whatever a segment or a consent says. */
export function Suppressions() {
  const client = useQueryClient();
  const [search, setSearch] = useState('');
  const [adding, setAdding] = useState(false);
  const rows = useServerPages<SuppressedAddress>([...key, search.trim()], (offset, limit, signal) => Contacts.suppressions(search.trim(), offset, limit, signal));
  const again = () => client.invalidateQueries({ queryKey: key });
  const put = useMutation({ mutationFn: ({ email, reason }: { email: string; reason: string }) => Contacts.suppress(email, reason), onSuccess: again });
  const remove = useMutation({ mutationFn: (x: SuppressedAddress) => Contacts.unsuppress(x.email), onSuccess: again });
  const { mutate } = remove;
  const { mutateAsync: putBack } = put;
  const columns = useMemo<DataColumn<SuppressedAddress>[]>(
    () => [
      { key: 'email', label: 'Address', grow: 2, width: 220, render: (x) => (x.reason === 'erased' ? 'An erased person' : x.email) },
      { key: 'reason', label: 'Why', render: (x) => humanize(x.reason) },
      { key: 'source', label: 'From', render: (x) => x.source },
      { key: 'at', label: 'Since', width: 100, render: (x) => date(x.at) },
      {
        key: 'remove', label: 'Take off the list', quiet: true, width: 28, grow: 0,
        render: (x) =>
          x.reason === 'erased' ? null : (
            <Tooltip label="Take off the list">
              <ActionIcon
                size={24}
                aria-label={`Take ${x.email} off the list`}
                onClick={() =>
                  mutate(x, {
                    onSuccess: () => said(`${x.email} may be written to again, if they agreed.`, () => void putBack({ email: x.email, reason: x.reason }).catch(failed)),
                    onError: (e) => failed(e),
                  })
                }
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          ),
      },
    ],
    [mutate, putBack],
  );
  return (
    <div className={css.list}>
      <Toolbar
        end={
          <Button leftSection={<IconBan size={15} />} onClick={() => setAdding(true)}>
            Add an address
          </Button>
        }
      >
        <SearchField value={search} onChange={setSearch} label="Search addresses" />
        <span className={css.count}>{rows.total !== undefined && plural(rows.total, 'address', 'addresses')}</span>
      </Toolbar>
      <DataTable
        label="Addresses that are never written to"
        columns={columns}
        rows={rows}
        empty={
          <EmptyState title={search ? 'No such address is on the list' : 'Nobody is on this list'}>
            Addresses that bounced, complained or asked never to be written to belong here. No campaign sends to them.
          </EmptyState>
        }
      />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Never write to an address" withCloseButton={false}>
        <AddForm onAdd={(email, reason) => put.mutateAsync({ email, reason })} onClose={() => setAdding(false)} />
      </Modal>
    </div>
  );
}

function AddForm({ onAdd, onClose }: { onAdd: (email: string, reason: string) => Promise<unknown>; onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (email.trim() !== '') onAdd(email.trim(), reason.trim()).then(onClose, (e2: unknown) => setError(messageOf(e2)));
      }}
    >
      <TextInput label="Address" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={error} data-autofocus autoComplete="off" spellCheck={false} />
      <TextInput mt="sm" label="Why" placeholder="Asked by phone" value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
      <div className={dialog.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={email.trim() === ''}>
          Add
        </Button>
      </div>
    </form>
  );
}
