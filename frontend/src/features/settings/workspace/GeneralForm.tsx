import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '@/components/field/Field';
import { Section } from '@/components/page/Page';
import { said } from '@/components/toast/toast';
import { AppError, messageOf } from '@/lib/bridge';
import { Workspace, type Settings } from '@/lib/generated/api';
import { zones } from '@/lib/places';
import { statusKey } from '@/lib/query';
import css from '../Page.module.css';

/** The draft stays until it is saved, whatever else changes in the workspace. */
export function GeneralForm({ saved }: { saved: Settings }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Partial<Settings>>({});
  const shown = { ...saved, ...draft };
  const changed = (Object.keys(draft) as (keyof Settings)[]).some((k) => draft[k] !== saved[k]);
  const save = useMutation({
    mutationFn: (s: Settings) => Workspace.saveSettings(s),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['workspace', 'settings'] });
      void client.invalidateQueries({ queryKey: statusKey });
      setDraft({});
      said('The settings are saved.');
    },
  });
  const set = (part: Partial<Settings>) => setDraft((d) => ({ ...d, ...part }));
  const error = (field: keyof Settings) => (save.error instanceof AppError && save.error.field === field ? messageOf(save.error) : null);
  const text = (field: keyof Settings, label: string, help: string, placeholder?: string) => (
    <Field label={label} help={help} error={error(field)}>
      {(control) => <TextInput {...control} value={shown[field]} placeholder={placeholder} onChange={(e) => set({ [field]: e.currentTarget.value })} />}
    </Field>
  );
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (changed) save.mutate(shown);
      }}
    >
      <Section title="Workspace">
        {text('name', 'Name', 'Shown at the top left, and in the file’s copies.')}
        <Field label="Time zone" help="Days, birthdays and “the last 7 days” are counted in it." error={error('timezone')}>
          {(control) => <Select {...control} data={zones()} value={shown.timezone} onChange={(z) => z && set({ timezone: z })} searchable allowDeselect={false} />}
        </Field>
        <Field label="Currency" help="Amounts are kept in it, so it stays what the workspace was made with.">
          {(control) => <TextInput {...control} value={shown.currency} readOnly variant="unstyled" />}
        </Field>
      </Section>
      <Section title="What new campaigns start from">
        {text('default_from_name', 'From name', 'Whom people see the e-mail come from.', 'Tilda from Tilda & Fern')}
        {text('default_from_email', 'From address', 'On a domain that your e-mail service may send for.', 'hello@shop.example')}
        {text('default_reply_to', 'Reply to', 'Where answers go; empty for the from address.')}
        {text('default_unsubscribe', 'Unsubscribe link', 'Where your e-mail service or shop lets people leave the list. {{ contact.email }} and other tags work in it.', 'https://shop.example/unsubscribe')}
        <Field label="Postal address" help="The law of most countries asks for it in every marketing e-mail." error={error('postal_address')}>
          {(control) => <Textarea {...control} autosize minRows={3} value={shown.postal_address} onChange={(e) => set({ postal_address: e.currentTarget.value })} />}
        </Field>
      </Section>
      {save.error && !(save.error instanceof AppError && save.error.field) && <p role="alert">{messageOf(save.error)}</p>}
      <div className={css.foot}>
        <Button type="submit" variant="filled" disabled={!changed} loading={save.isPending}>
          Save
        </Button>
        {changed && (
          <Button variant="subtle" color="gray" onClick={() => setDraft({})}>
            Take back
          </Button>
        )}
      </div>
    </form>
  );
}
