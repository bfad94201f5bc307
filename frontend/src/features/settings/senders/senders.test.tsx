import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { backend, Refusal } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { Senders } from './Senders';

afterEach(() => vi.unstubAllGlobals());

const adapters = [
  {
    name: 'smtp', label: 'SMTP server', about: 'Through a mail server.', idempotent: false,
    fields: [
      { name: 'host', label: 'Server', type: 'text', options: [], default: '', required: true, help: '' },
      { name: 'secret', label: 'Password', type: 'secret', options: [], default: '', required: false, help: '' },
    ],
  },
];

it('keeps the password first, saves, and tells what the provider said', async () => {
  const { calls } = backend({
    'Senders.List': () => [],
    'Senders.Adapters': () => adapters,
    'Senders.SecretStore': () => ({ where: 'keychain' }),
    'Senders.SetSecret': () => null,
    'Senders.Put': () => ({ slug: 'post', name: 'Post', version: 1, settings: { adapter: 'smtp', host: 'smtp.x', secret: 'post-password' } }),
    'Senders.Test': () => {
      throw new Refusal(503, 'unavailable', 'the server smtp.x does not answer');
    },
  });
  await showAt('/settings', <Senders />);
  fireEvent.click(await screen.findByRole('button', { name: 'Add a sender' }));
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'Post' } });
  fireEvent.change(screen.getByRole('textbox', { name: 'Server' }), { target: { value: 'smtp.x' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'hunter2' } });
  expect(await barriers(document.body)).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Save and test' }));
  await screen.findByText(/It is saved, but the test failed: The server smtp.x does not answer/);
  const order = calls.map((c) => c.method).filter((m) => /SetSecret|Put|Test/.test(m));
  expect(order).toEqual(['Senders.SetSecret', 'Senders.Put', 'Senders.Test']);
  expect(JSON.stringify(calls.find((c) => c.method === 'Senders.Put')?.args)).not.toContain('hunter2');
});

it('lists senders with who uses them, open to axe', async () => {
  backend({
    'Senders.List': () => [{ slug: 'post', name: 'Post', adapter: 'smtp', summary: 'SMTP server smtp.x', used_by: ['campaign autumn'], updated_at: 1 }],
    'Senders.SecretStore': () => ({ where: 'keychain' }),
    'Senders.Test': () => ({ accepted: true, answer: 'Connected' }),
  });
  const { container } = await showAt('/settings', <Senders />);
  fireEvent.click(await screen.findByRole('button', { name: 'Test Post' }));
  await waitFor(() => expect(screen.getByText('Connected')).toBeTruthy());
  expect(await barriers(container)).toEqual([]);
});
