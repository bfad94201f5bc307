import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Field } from '@/components/field/Field';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { said } from '@/components/toast/toast';
import { AppError, messageOf } from '@/lib/bridge';
import type { AdapterInfo, SenderDocument } from '@/lib/generated/api';
import { useAdapters, useSaveSender, useSecretStore, useSender, useTestSender } from './api';
import { draftOf, problemsOf, savedOf, whereInWords, withAdapter, type Draft } from './draft';
import css from './senders.module.css';
import { SettingField } from './SettingField';

interface Props {
  /** "" for a new one; null while the form is closed. */
  slug: string | null;
  onClose: () => void;
}

/** Adds or edits a sender, and tries it. */
export function SenderForm({ slug, onClose }: Props) {
  return (
    <Modal opened={slug !== null} onClose={onClose} title={slug === '' ? 'Add a sender' : 'Edit the sender'} size={640} withCloseButton={false}>
      {slug !== null && <Loaded slug={slug} onClose={onClose} />}
    </Modal>
  );
}

function Loaded({ slug, onClose }: { slug: string; onClose: () => void }) {
  const adapters = useAdapters();
  const doc = useSender(slug);
  const error = adapters.error ?? doc.error;
  if (error) return <ErrorState error={error} title="The form could not be drawn" />;
  if (!adapters.data || (slug !== '' && !doc.data)) return <LoadingRows rows={5} />;
  return <Form doc={doc.data} adapters={adapters.data} onClose={onClose} />;
}

function Form({ doc, adapters, onClose }: { doc: SenderDocument | undefined; adapters: AdapterInfo[]; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(doc, adapters));
  const [shown, setShown] = useState(false); // problems are told after the first try to save
  const [saved, setSaved] = useState(doc);
  const save = useSaveSender();
  const test = useTestSender();
  const where = useSecretStore().data?.where;
  const adapter = adapters.find((a) => a.name === draft.adapter);
  const fields = adapter?.fields ?? [];
  const problems = problemsOf(draft, fields);
  const told = save.error instanceof AppError ? { [save.error.field]: messageOf(save.error) } : {};
  const set = (name: string, value: string) => setDraft({ ...draft, values: { ...draft.values, [name]: value } });
  const submit = async () => {
    setShown(true);
    if (Object.keys(problems).length > 0) return;
    const { settings, secrets } = savedOf(draft, fields, saved?.slug ?? '');
    const kept = await save.mutateAsync({ sender: { slug: saved?.slug ?? '', name: draft.name.trim(), settings, base_version: saved?.version ?? 0 }, secrets });
    setSaved(kept);
    setDraft(draftOf(kept, adapters));
    const answer = await test.mutateAsync(kept.slug);
    if (!answer.accepted) return;
    said(`“${kept.name}” is saved. ${answer.answer}.`);
    onClose();
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        submit().catch(() => {}); // what failed is shown below
      }}
    >
      <Radio.Group label="How it is sent" value={draft.adapter} onChange={(name) => { const a = adapters.find((x) => x.name === name); if (a) setDraft(withAdapter(draft, a)); }}>
        <div className={css.kinds}>
          {adapters.map((a) => (
            <Radio key={a.name} size="xs" value={a.name} label={a.label} description={a.about} />
          ))}
        </div>
      </Radio.Group>
      <Field label="Name" error={shown ? problems.name : undefined}>
        {(control) => <TextInput {...control} value={draft.name} onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })} placeholder={adapter?.label} autoComplete="off" />}
      </Field>
      {fields.map((f) => (
        <SettingField
          key={`${draft.adapter} ${f.name}`}
          setting={f}
          value={draft.values[f.name] ?? ''}
          typed={draft.typed[f.name]}
          error={(shown ? problems[f.name] : undefined) ?? told[f.name]}
          onChange={(v) => set(f.name, v)}
          onType={(p) => setDraft({ ...draft, typed: { ...draft.typed, [f.name]: p } })}
        />
      ))}
      {fields.some((f) => f.type === 'secret') && where && <p className={css.where}>{whereInWords(where)}</p>}
      {save.error && !fields.some((f) => told[f.name]) && <Answer ok={false} text={messageOf(save.error)} />}
      {(test.error || test.data) && <Answer ok={test.data?.accepted ?? false} text={test.error ? `It is saved, but the test failed: ${messageOf(test.error)}` : (test.data?.answer ?? '')} />}
      <div className={css.buttons}>
        <Button onClick={onClose}>{saved && saved !== doc ? 'Close' : 'Cancel'}</Button>
        <Button type="submit" variant="filled" loading={save.isPending || test.isPending}>
          Save and test
        </Button>
      </div>
    </form>
  );
}

/** What the provider said, with a sign. */
export function Answer({ ok, text }: { ok: boolean; text: string }) {
  return (
    <p className={css.answer} role="status" data-ok={ok}>
      {ok ? <IconCheck size={14} /> : <IconX size={14} />}
      <span>{text}</span>
    </p>
  );
}
