import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { Section } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { messageOf } from '@/lib/bridge';
import type { SenderSummary } from '@/lib/generated/api';
import { useRemoveSender, useSecretStore, useSenders, useTestSender } from './api';
import { whereInWords } from './draft';
import css from './senders.module.css';
import { Answer, SenderForm } from './SenderForm';

/** The e-mail services that campaigns are handed to. */
export function Senders() {
  const senders = useSenders();
  const where = useSecretStore().data?.where;
  const [edited, setEdited] = useState<string | null>(null);
  const list = senders.data;
  const add = (
    <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setEdited('')}>
      Add a sender
    </Button>
  );
  return (
    <>
      {senders.error && <ErrorState error={senders.error} title="The senders could not be read" onRetry={() => void senders.refetch()} />}
      {senders.isPending && <LoadingRows rows={3} />}
      {list?.length === 0 && (
        <EmptyState title="No sender yet" drawing="letter" action={add}>
          A sender is the e-mail service that your campaigns are handed to: a mail server, a folder of files, or a merge file for a provider.
        </EmptyState>
      )}
      {list && list.length > 0 && (
        <Section title="Senders" aside={add}>
          <ul className={css.senders}>
            {list.map((s) => (
              <Line key={s.slug} sender={s} onEdit={() => setEdited(s.slug)} />
            ))}
          </ul>
          {where && <p className={css.where}>{whereInWords(where)}</p>}
        </Section>
      )}
      <SenderForm slug={edited} onClose={() => setEdited(null)} />
    </>
  );
}

function Line({ sender: s, onEdit }: { sender: SenderSummary; onEdit: () => void }) {
  const test = useTestSender();
  const remove = useRemoveSender();
  const [asking, setAsking] = useState(false);
  return (
    <li className={css.sender}>
      <div className={css.line}>
        <span className={css.grow}>
          <button type="button" className={css.name} onClick={onEdit}>
            {s.name}
          </button>
          <span className={css.summary}>
            {s.summary}
            {s.used_by.length > 0 && `, used by ${s.used_by.join(', ')}`}
          </span>
        </span>
        <Button loading={test.isPending} aria-label={`Test ${s.name}`} onClick={() => test.mutate(s.slug)}>
          Test
        </Button>
        <Menu position="bottom-end" width={160}>
          <Menu.Target>
            <ActionIcon aria-label={`More for ${s.name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
              Edit
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
              Remove…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {test.isError && <Answer ok={false} text={messageOf(test.error)} />}
      {test.data && <Answer ok={test.data.accepted} text={test.data.answer} />}
      <ConfirmDialog opened={asking} title={`Remove “${s.name}”?`} confirm="Remove" danger onConfirm={() => remove.mutateAsync(s.slug)} onClose={() => setAsking(false)}>
        Only the settings go; what was sent through it stays known. A sender that a campaign needs is not removed.
      </ConfirmDialog>
    </li>
  );
}
