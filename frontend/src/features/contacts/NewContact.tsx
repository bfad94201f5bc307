import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import dialog from '@/components/confirm/ConfirmDialog.module.css';
import { said } from '@/components/toast/toast';
import { useActions } from '@/lib/actions';
import { messageOf } from '@/lib/bridge';
import { Contacts } from '@/lib/generated/api';

/** Adds one person by hand, and goes to their page. */
export function NewContact() {
  const [opened, setOpened] = useState(false);
  useActions([{ name: 'contact.new', label: 'New contact', keys: 'n', section: 'Contacts', icon: IconUserPlus, keywords: ['add', 'person'], perform: () => setOpened(true) }]);
  return (
    <>
      <Button leftSection={<IconUserPlus size={15} />} onClick={() => setOpened(true)}>
        New contact
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="New contact" withCloseButton={false}>
        <Form onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const attributes = { ...(first.trim() && { first_name: first.trim() }), ...(last.trim() && { last_name: last.trim() }) };
  const add = useMutation({
    mutationFn: () => Contacts.create({ email: email.trim(), attributes }),
    onSuccess: async (id) => {
      onClose();
      await navigate({ to: '/contacts/$id', params: { id: String(id) } });
      said(`${email.trim()} is added. Nothing says yet that they agreed to e-mails.`);
    },
  });
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (email.trim() !== '') add.mutate();
      }}
    >
      <TextInput label="E-mail" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={add.error && messageOf(add.error)} data-autofocus autoComplete="off" spellCheck={false} />
      <TextInput mt="sm" label="First name" value={first} onChange={(e) => setFirst(e.currentTarget.value)} autoComplete="off" />
      <TextInput mt="sm" label="Last name" value={last} onChange={(e) => setLast(e.currentTarget.value)} autoComplete="off" />
      <div className={dialog.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={email.trim() === ''} loading={add.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}
