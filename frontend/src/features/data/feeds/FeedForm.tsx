import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Field } from '@/components/field/Field';
import { said } from '@/components/toast/toast';
import { AppError, messageOf } from '@/lib/bridge';
import type { Feed } from '@/lib/generated/api';
import { useSaveFeed } from './api';
import css from './feeds.module.css';

const blank: Feed = { slug: '', name: '', url: '', hours: 24, shrink: 0, keep_gone: false, state: '', message: '', tried_at: 0, fetched_at: 0, next_at: 0, products: 0, batch: 0 };

const rhythms = [
  { value: '1', label: 'Every hour' },
  { value: '6', label: 'Every 6 hours' },
  { value: '24', label: 'Every day' },
  { value: '168', label: 'Every week' },
  { value: '0', label: 'Only when asked' },
];

/** Adds or edits a feed. */
export function FeedForm({ feed, onClose }: { feed: Feed | 'new' | null; onClose: () => void }) {
  return (
    <Modal opened={feed !== null} onClose={onClose} title={feed === 'new' ? 'Add a feed of products' : 'Edit the feed'} size={600} withCloseButton={false}>
      {feed !== null && <Form feed={feed === 'new' ? blank : feed} onClose={onClose} />}
    </Modal>
  );
}

function Form({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const [draft, setDraft] = useState(feed);
  const save = useSaveFeed();
  const field = save.error instanceof AppError ? save.error.field : '';
  const told = (name: string) => (field === name && save.error ? messageOf(save.error) : undefined);
  const known = rhythms.some((r) => r.value === String(draft.hours)) ? rhythms : [...rhythms, { value: String(draft.hours), label: `Every ${draft.hours} hours` }];
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate(draft, {
          onSuccess: (f) => {
            said(`The feed “${f.name}” is saved.`);
            onClose();
          },
        });
      }}
    >
      <Field label="Name" error={told('name')}>
        {(control) => <TextInput {...control} value={draft.name} onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })} placeholder="Our shop" autoComplete="off" data-autofocus />}
      </Field>
      <Field label="Address" error={told('url')} help="Where the shop publishes its products: CSV, TSV, JSON or Google Merchant XML.">
        {(control) => <TextInput {...control} value={draft.url} onChange={(e) => setDraft({ ...draft, url: e.currentTarget.value })} placeholder="https://shop.example/feed.xml" autoComplete="off" spellCheck={false} />}
      </Field>
      <Field label="Fetch it" help="While Mailwright is open. What has not changed is not fetched again.">
        {(control) => <Select {...control} data={known} value={String(draft.hours)} allowDeselect={false} w={180} onChange={(h) => setDraft({ ...draft, hours: Number(h ?? 24) })} />}
      </Field>
      <Field label="Gone products" help="What the feed has no more is never deleted; it is not shown in e-mails until it is back.">
        {({ error: _, ...control }) => <Checkbox {...control} label="Leave them as they are" checked={draft.keep_gone} onChange={(e) => setDraft({ ...draft, keep_gone: e.currentTarget.checked })} />}
      </Field>
      {save.error && field !== 'name' && field !== 'url' && (
        <p className={css.bad} role="alert">
          {messageOf(save.error)}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
