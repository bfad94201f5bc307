import { Autocomplete } from '@mantine/core';
import { Field } from '@/components/field/Field';
import type { ImportPlan } from '@/lib/generated/api';
import { useWords } from '../api';
import type { Choices } from './request';

interface Props {
  choices: Choices;
  plan: ImportPlan | undefined;
  onChange: (c: Choices) => void;
}

const usual = ['order_placed', 'cart_updated', 'product_viewed', 'site_visited', 'email_opened', 'email_clicked'];

/** What the rows are, where no column says it. */
export function EventName({ choices, plan, onChange }: Props) {
  const words = useWords();
  if (plan?.columns.some((c) => c.target === 'event')) return null;
  const names = [...new Set([...(words.data?.events ?? []).map((e) => e.name), ...usual])];
  return (
    <Field label="Each row is" help="The kind of event, in small letters. No column of the file says it.">
      {({ error: _error, ...control }) => <Autocomplete {...control} size="xs" w={260} data={names} value={choices.event} onChange={(event) => onChange({ ...choices, event })} placeholder="order_placed" />}
    </Field>
  );
}
