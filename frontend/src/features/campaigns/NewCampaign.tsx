import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '@/lib/bridge';
import type { Campaign, Settings } from '@/lib/generated/api';
import { useCreateCampaign, useSenders, useSettings } from './api';
import css from './campaigns.module.css';

/** Begins a campaign with what the workspace says of itself. */
export function NewCampaign({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New campaign" withCloseButton={false}>
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const settings = useSettings().data;
  const senders = useSenders().data ?? [];
  const [name, setName] = useState('');
  const create = useCreateCampaign((doc) => void navigate({ to: '/campaigns/$slug', params: { slug: doc.slug } }));
  const only = senders.length === 1 ? senders[0]?.slug : undefined;
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim() !== '' && !create.isPending) create.mutate(begun(name.trim(), settings, only));
      }}
    >
      <TextInput label="Name" description="For you; nobody who gets it sees this." value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus autoComplete="off" error={create.error && messageOf(create.error)} />
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={create.isPending}>
          Create
        </Button>
      </div>
    </form>
  );
}

/** A campaign that is not decided yet, from the workspace's own addresses. */
export function begun(name: string, settings: Settings | undefined, esp = ''): Campaign {
  return {
    name,
    template: '',
    include: [],
    exclude: [],
    purpose: 'marketing',
    from: { name: settings?.default_from_name ?? '', email: settings?.default_from_email ?? '' },
    reply_to: settings?.default_reply_to ?? '',
    esp,
  };
}
