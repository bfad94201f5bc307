import { Button, Checkbox, Modal, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Field } from '@/components/field/Field';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { said } from '@/components/toast/toast';
import { messageOf } from '@/lib/bridge';
import type { Recommendation } from '@/lib/generated/api';
import { useCategories } from '../api';
import { useRecommendation, useSaveRecommendation } from './api';
import { bodyOf, draftOf, empty, type Draft } from './draft';
import css from './recommendations.module.css';
import { Steps } from './Steps';
import { Trial } from './Trial';

interface Props {
  /** "" for a new one; null while the form is closed. */
  slug: string | null;
  onClose: () => void;
}

/** Adds or edits a way of choosing products. */
export function RecommendationForm({ slug, onClose }: Props) {
  return (
    <Modal opened={slug !== null} onClose={onClose} title={slug === '' ? 'Add a way of choosing products' : 'Edit the way of choosing products'} size={720} withCloseButton={false}>
      {slug !== null && <Loaded slug={slug} onClose={onClose} />}
    </Modal>
  );
}

function Loaded({ slug, onClose }: { slug: string; onClose: () => void }) {
  const one = useRecommendation(slug);
  if (one.error) return <ErrorState error={one.error} title="It could not be read" />;
  if (slug !== '' && !one.data) return <LoadingRows rows={5} />;
  return <Form saved={one.data} onClose={onClose} />;
}

function Form({ saved, onClose }: { saved: Recommendation | undefined; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(() => (saved ? draftOf(saved.name, saved.body) : empty));
  const save = useSaveRecommendation();
  const body = bodyOf(draft);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = async () => {
    const kept = await save.mutateAsync({ slug: saved?.slug ?? '', name: draft.name.trim(), body, version: saved?.version ?? 0, updated_at: 0 });
    said(`“${kept.name}” is saved. Product blocks can choose by it.`);
    onClose();
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        submit().catch(() => {}); // what failed is shown below
      }}
    >
      <Field label="Name">{(control) => <TextInput {...control} value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} autoComplete="off" data-autofocus />}</Field>
      <Steps steps={draft.steps} onChange={(steps) => set({ steps })} />
      <Filters draft={draft} set={set} />
      <Trial body={body} />
      {save.error && (
        <p className={css.error} role="alert">
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

function Filters({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const categories = useCategories();
  const names = [...new Set([...(categories.data ?? []).map((c) => c.name), ...draft.categories])];
  return (
    <>
      <Field label="Price">
        {(control) => (
          <div className={css.row}>
            <TextInput {...control} aria-label="Lowest price" placeholder="from" w={96} inputMode="decimal" value={draft.priceFrom} onChange={(e) => set({ priceFrom: e.currentTarget.value })} />
            <TextInput aria-label="Highest price" placeholder="to" w={96} inputMode="decimal" value={draft.priceTo} onChange={(e) => set({ priceTo: e.currentTarget.value })} />
          </div>
        )}
      </Field>
      <Field label="Categories">{({ error: _, ...control }) => <MultiSelect {...control} data={names} value={draft.categories} onChange={(c) => set({ categories: c })} placeholder={draft.categories.length === 0 ? 'All' : undefined} searchable clearable />}</Field>
      <Field label="Not bought in" help="Days. What a person bought in them is left out; empty leaves nothing out.">
        {({ error: _, ...control }) => <NumberInput {...control} w={120} min={1} max={36500} allowDecimal={false} value={draft.notBoughtDays} onChange={(v) => set({ notBoughtDays: v === '' ? '' : Number(v) })} />}
      </Field>
      <Field label="Out of stock">{({ error: _, ...control }) => <Checkbox {...control} label="Show what is sold out, too" checked={draft.soldOut} onChange={(e) => set({ soldOut: e.currentTarget.checked })} />}</Field>
    </>
  );
}
