import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { backend } from '@/testing/backend';
import { show } from '@/testing/render';
import { Contacts, type Status } from './generated/api';
import { statusKey } from './query';
import { useFollowWorkspace } from './status';

const status = (part: Partial<Status>): Status => ({
  open: true, path: '/a', name: 'A', timezone: 'UTC', currency: 'EUR', uuid: 'u', contacts: 1, events: 0, products: 0, data_version: 1, program_version: '1', read_only: false, ...part,
});

function Shows() {
  useFollowWorkspace();
  const columns = useQuery({ queryKey: ['contacts', 'columns'], queryFn: ({ signal }) => Contacts.columns(signal) });
  return <p>asked {(columns.data as unknown as number | undefined) ?? 0}</p>;
}

it('asks again for data when the workspace’s data changed, and only then', async () => {
  let asked = 0;
  backend({ 'Workspace.Status': () => status({}), 'Contacts.Columns': () => ++asked });
  const { client } = show(<Shows />);
  await screen.findByText('asked 1');
  act(() => void client.setQueryData(statusKey, status({ contacts: 2 })));
  await new Promise((r) => setTimeout(r, 20));
  expect(asked).toBe(1);
  act(() => void client.setQueryData(statusKey, status({ data_version: 2 })));
  await waitFor(() => expect(asked).toBe(2));
});
