import { Button, Modal, MultiSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Field } from '@/components/field/Field';
import { AppError, messageOf } from '@/lib/bridge';
import type { ContentService, Service } from '@/lib/generated/api';
import css from '../senders/senders.module.css';
import { Answer } from '../senders/SenderForm';
import { useAttributes, useSaveService } from './api';
import { Trial } from './Trial';

interface Props {
  /** The one to edit, a new one, or null while the form is closed. */
  service: ContentService | 'new' | null;
  onClose: () => void;
}

const fresh: Service = { name: '', url: 'https://', fields: [], batch: 100, timeout_ms: 2000, keep_minutes: 60 };

/** Adds or edits a content service, and tries it on a person. */
export function ServiceForm({ service, onClose }: Props) {
  return (
    <Modal opened={service !== null} onClose={onClose} title={service === 'new' ? 'Add a content service' : 'Edit the content service'} size={640} withCloseButton={false}>
      {service !== null && <Form service={service === 'new' ? null : service} onClose={onClose} />}
    </Modal>
  );
}

function Form({ service, onClose }: { service: ContentService | null; onClose: () => void }) {
  const [draft, setDraft] = useState<Service>(service?.settings ?? fresh);
  const [token, setToken] = useState('');
  const attributes = useAttributes().data ?? [];
  const save = useSaveService();
  const problem = (field: string) => (save.error instanceof AppError && save.error.field === field ? messageOf(save.error) : undefined);
  const set = (part: Partial<Service>) => setDraft({ ...draft, ...part });
  const number = (field: 'batch' | 'timeout_ms' | 'keep_minutes', max: number) => ({
    value: draft[field] ?? 0,
    min: 0,
    max,
    onChange: (v: number | string) => set({ [field]: Number(v) || 0 }),
  });
  const submit = () => save.mutate({ slug: service?.slug ?? '', settings: draft, base: service?.version ?? 0, token }, { onSuccess: onClose });
  const told = ['name', 'url', 'fields', 'timeout_ms', 'keep_minutes', 'batch', 'secret'].some((f) => problem(f));
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Field label="Name" error={problem('name')}>
        {(c) => <TextInput {...c} value={draft.name} placeholder="Weather" onChange={(e) => set({ name: e.currentTarget.value })} autoComplete="off" data-autofocus required />}
      </Field>
      <Field label="Address" error={problem('url')} help="It gets a POST with the people as JSON, and answers in JSON. https, or http on this machine.">
        {(c) => <TextInput {...c} value={draft.url} onChange={(e) => set({ url: e.currentTarget.value })} spellCheck={false} autoComplete="off" required />}
      </Field>
      <Field label="What it is told" error={problem('fields')} help="These attributes of each person, with a number to tell people apart.">
        {(c) => <MultiSelect {...c} data={attributes.map((a) => ({ value: a.name, label: a.label || a.name }))} value={draft.fields} onChange={(fields) => set({ fields })} searchable />}
      </Field>
      <Field label="Token" error={problem('secret')} help="Sent as “Authorization: Bearer”. Kept where passwords are kept, never in the workspace.">
        {(c) => (
          <PasswordInput
            {...c}
            value={token}
            placeholder={draft.secret ? 'as it is kept' : 'none'}
            onChange={(e) => {
              setToken(e.currentTarget.value);
              set({ secret: draft.secret || `service-${(draft.name || 'token').toLowerCase().replace(/[^a-z0-9]+/g, '-')}` });
            }}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="An answer holds for, minutes" error={problem('keep_minutes')}>
        {(c) => <NumberInput {...c} {...number('keep_minutes', 10_080)} />}
      </Field>
      <Field label="Wait at most, milliseconds" error={problem('timeout_ms')} help="After that the block's fallback is shown.">
        {(c) => <NumberInput {...c} {...number('timeout_ms', 30_000)} step={100} />}
      </Field>
      <Field label="People in one request" error={problem('batch')}>
        {(c) => <NumberInput {...c} {...number('batch', 500)} />}
      </Field>
      {save.error && !told && <Answer ok={false} text={messageOf(save.error)} />}
      <Trial settings={draft} />
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
