import { Button } from '@mantine/core';
import { useState } from 'react';
import { ContactPicker } from '@/components/contact-picker/ContactPicker';
import { Field } from '@/components/field/Field';
import { messageOf } from '@/lib/bridge';
import { duration } from '@/lib/format';
import type { ContactHit, Service } from '@/lib/generated/api';
import css from '../senders/senders.module.css';
import { Answer } from '../senders/SenderForm';
import { useTryService } from './api';

/** Asks the service about one person, as it is set now. */
export function Trial({ settings }: { settings: Service }) {
  const [contact, setContact] = useState<ContactHit | null>(null);
  const ask = useTryService();
  return (
    <>
      <Field label="Try it on">
        {() => (
          <div className={css.line}>
            <ContactPicker value={contact} onChange={setContact} label="Try it on" />
            <Button disabled={!contact} loading={ask.isPending} onClick={() => contact && ask.mutate({ settings, contact: contact.id })}>
              Ask
            </Button>
          </div>
        )}
      </Field>
      {ask.error && <Answer ok={false} text={messageOf(ask.error)} />}
      {ask.data && (
        <div role="status">
          <Answer ok text={ask.data.answer === null ? `It has nothing for them (${duration(ask.data.ms)}).` : `It answered in ${duration(ask.data.ms)}.`} />
          <pre className={css.json}>{JSON.stringify({ told: ask.data.told, answer: ask.data.answer }, null, 2)}</pre>
        </div>
      )}
    </>
  );
}
