import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { show } from '@/testing/render';
import { ConfirmDialog } from './ConfirmDialog';

it('stays open and says why when it could not be done', async () => {
  const onClose = vi.fn();
  show(
    <ConfirmDialog opened title="Erase?" confirm="Erase" onConfirm={() => Promise.reject(new Error('a campaign is running'))} onClose={onClose}>
      Gone for good.
    </ConfirmDialog>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Erase' }));
  expect((await screen.findByRole('alert')).textContent).toBe('A campaign is running.');
  expect(onClose).not.toHaveBeenCalled();
});

it('wants the word typed before what cannot be taken back', async () => {
  const onConfirm = vi.fn().mockResolvedValue(undefined);
  const onClose = vi.fn();
  show(
    <ConfirmDialog opened title="Erase?" confirm="Erase" typed="erase" danger onConfirm={onConfirm} onClose={onClose}>
      Gone for good.
    </ConfirmDialog>,
  );
  const button = screen.getByRole('button', { name: 'Erase' });
  expect(button).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText(/Type erase/), { target: { value: 'Erase' } });
  fireEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(onConfirm).toHaveBeenCalledOnce();
});
