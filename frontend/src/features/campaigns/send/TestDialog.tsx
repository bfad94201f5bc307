import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ContactPicker } from '@/components/contact-picker/ContactPicker';
import { messageOf } from '@/lib/bridge';
import { Campaigns, type ContactHit } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import { looksLikeAddress } from '../steps';

interface Props {
  opened: boolean;
  slug: string;
  contact: ContactHit | null;
  segment: string;
  /** The address that is offered to begin with. */
  to: string;
  onClose: () => void;
}

/** Sends what one person would get to another address. */
export function TestDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Send a test" withCloseButton={false}>
      <TestForm {...props} />
    </Modal>
  );
}

function TestForm({ slug, contact, segment, to, onClose }: Props) {
  const [whose, setWhose] = useState(contact);
  const [address, setAddress] = useState(to);
  const send = useMutation({ mutationFn: ({ id, target }: { id: number; target: string }) => Campaigns.test(slug, id, target) });
  const ready = whose !== null && looksLikeAddress(address);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (ready && !send.isPending) send.mutate({ id: whose.id, target: address.trim() });
      }}
    >
      <div className={css.formRow}>
        <span className={css.formLabel}>The message of</span>
        <ContactPicker label="The message of" value={whose} onChange={setWhose} segment={segment} width={300} />
      </div>
      <TextInput mt="sm" label="Goes to" type="email" value={address} onChange={(e) => setAddress(e.currentTarget.value)} placeholder="you@yourshop.com" autoComplete="off" data-autofocus />
      {(send.isSuccess || send.isError) && (
        <p className={css.answer} role="status" data-ok={send.data?.accepted ?? false}>
          {send.data?.accepted ? <IconCheck size={14} /> : <IconX size={14} />}
          <span>{send.error ? messageOf(send.error) : send.data?.accepted ? `Taken: ${send.data.answer || 'no word from the provider'}` : send.data?.answer}</span>
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="filled" disabled={!ready} loading={send.isPending}>
          Send the test
        </Button>
      </div>
    </form>
  );
}
