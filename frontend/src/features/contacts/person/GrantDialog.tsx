import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '@/lib/bridge';
import css from '@/components/confirm/ConfirmDialog.module.css';

interface Props {
  /** What they agreed to; null: closed. */
  purpose: string | null;
  onGrant: (source: string) => Promise<unknown>;
  onClose: () => void;
}

/** Notes a consent: where it was given must be told, since somebody may ask. */
export function GrantDialog({ purpose, onGrant, onClose }: Props) {
  return (
    <Modal opened={purpose !== null} onClose={onClose} title={`They agreed to ${purpose ?? ''}`} withCloseButton={false}>
      <Form onGrant={onGrant} onClose={onClose} />
    </Modal>
  );
}

function Form({ onGrant, onClose }: Omit<Props, 'purpose'>) {
  const [source, setSource] = useState('');
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (source.trim() !== '') onGrant(source.trim()).then(onClose, (e2: unknown) => setError(messageOf(e2)));
      }}
    >
      <TextInput label="Where did they say so?" description="Kept with the date, as proof" placeholder="Form at the fair in May" value={source} onChange={(e) => setSource(e.currentTarget.value)} error={error} data-autofocus />
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={source.trim() === ''}>
          Note it
        </Button>
      </div>
    </form>
  );
}
