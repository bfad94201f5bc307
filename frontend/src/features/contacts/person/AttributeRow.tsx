import { Select, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { messageOf } from '@/lib/bridge';
import { useCurrency } from '@/lib/status';
import { labelOf, valueText } from '@/lib/value';
import css from './Page.module.css';
import { useSaveAttribute } from './api';
import { draftOf, parsedOf } from './draft';
import type { ContactAttribute, ContactDetail } from '@/lib/generated/api';

/** One attribute: shown as text, edited in its place. Enter keeps, Escape leaves it as it was. */
export function AttributeRow({ person, attribute: a }: { person: ContactDetail; attribute: ContactAttribute }) {
  const currency = useCurrency();
  const label = labelOf(a);
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { save, saving } = useSaveAttribute(person);
  const shown = valueText(a.value, a.type, currency);
  const leave = () => {
    setDraft(null);
    setError(null);
  };
  const keep = (text: string) => {
    if (saving) return;
    if (text.trim() === draftOf(a.value, a.type)) return leave();
    save(a.name, label, parsedOf(text, a.type), a.value).then(leave, (e: unknown) => setError(messageOf(e)));
  };
  const onKey = (e: KeyboardEvent<HTMLInputElement>) => {
    if (e.key === 'Enter') keep(e.currentTarget.value);
    if (e.key === 'Escape') leave();
  };
  return (
    <div className={css.attribute}>
      <span title={label}>{label}</span>
      {draft === null ? (
        <button type="button" className={css.value} data-none={shown === '' || undefined} aria-label={`${label}: ${shown || 'empty'}. Change`} onClick={() => setDraft(draftOf(a.value, a.type))}>
          {shown || 'Empty'}
        </button>
      ) : a.type === 'boolean' ? (
        <Select aria-label={label} data={['Yes', 'No', 'Empty']} value={draft} onChange={(v) => v && keep(v)} onBlur={leave} defaultDropdownOpened autoFocus className={css.edit} error={error} />
      ) : (
        <TextInput
          aria-label={label}
          type={a.type === 'date' ? 'date' : 'text'}
          value={draft}
          onChange={(e) => setDraft(e.currentTarget.value)}
          onKeyDown={onKey}
          onBlur={(e) => keep(e.currentTarget.value)}
          autoFocus
          className={css.edit}
          error={error}
          placeholder={a.type === 'list' ? 'One, another' : undefined}
        />
      )}
    </div>
  );
}
