import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Field } from '@/components/field/Field';
import { messageOf } from '@/lib/bridge';
import { Senders, type Campaign } from '@/lib/generated/api';
import { useSenders } from '../api';
import css from '../campaigns.module.css';

interface Props {
  campaign: Campaign;
  /** What to say while there is none. */
  missing: string | undefined;
  fixed: boolean;
  onChange: (change: Partial<Campaign>) => void;
}

/** Through which provider a campaign is sent, with a try that sends nothing. */
export function SenderField({ campaign: c, missing, fixed, onChange }: Props) {
  const senders = useSenders();
  const test = useMutation({ mutationFn: (slug: string) => Senders.test(slug) });
  const chosen = senders.data?.find((s) => s.slug === c.esp);
  const answered = test.variables === c.esp && (test.isSuccess || test.isError);
  return (
    <Field label="Sender" help={missing ? <span className={css.missing}>{missing}</span> : !answered && chosen?.summary}>
      {({ error: _, ...control }) => (
        <>
          <div className={css.line}>
            <Select {...control} className={css.grow} disabled={fixed} placeholder="Choose a sender" data={(senders.data ?? []).map((s) => ({ value: s.slug, label: s.name }))} value={c.esp || null} onChange={(esp) => esp && onChange({ esp })} />
            {c.esp && !fixed && (
              <Button loading={test.isPending} onClick={() => test.mutate(c.esp)}>
                Test
              </Button>
            )}
            {senders.data?.length === 0 && (
              <Button component={Link} to="/settings?part=senders">
                Add one
              </Button>
            )}
          </div>
          {answered && (
            <p className={css.answer} role="status" data-ok={test.data?.accepted ?? false}>
              {test.data?.accepted ? <IconCheck size={14} /> : <IconX size={14} />}
              <span>{test.error ? messageOf(test.error) : test.data?.answer}</span>
            </p>
          )}
        </>
      )}
    </Field>
  );
}
