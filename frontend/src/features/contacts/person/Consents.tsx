import { Button, Menu } from '@mantine/core';
import { IconBan, IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { Section } from '@/components/page/Page';
import { failed } from '@/components/toast/toast';
import { date } from '@/lib/format';
import { humanize } from '@/lib/value';
import { GrantDialog } from './GrantDialog';
import css from './Page.module.css';
import { useSetConsent } from './api';
import type { ContactConsent, ContactDetail } from '@/lib/generated/api';

/** What a person agreed to, since when and where, and what follows from it. */
export function Consents({ person }: { person: ContactDetail }) {
  const [granting, setGranting] = useState<string | null>(null);
  const set = useSetConsent(person);
  return (
    <Section title="May we write to them?">
      {person.suppressed && (
        <p className={css.suppressed}>
          <IconBan size={14} /> Never mailed: {person.suppressed.reason || 'the address is suppressed'}
          {person.suppressed.at > 0 && `, since ${date(person.suppressed.at)}`}
        </p>
      )}
      {person.consents.map((c) => (
        <div key={c.purpose} className={css.consent}>
          <span>{humanize(c.purpose)}</span>
          <span>
            <Chip tone={c.allowed ? 'ok' : 'plain'} icon={c.allowed ? <IconCheck size={12} /> : <IconX size={12} />}>
              {c.allowed ? 'Yes' : 'No'}
            </Chip>
          </span>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" color="gray" aria-label={`Change the consent to ${c.purpose}`}>
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setGranting(c.purpose)}>They agreed…</Menu.Item>
              <Menu.Item
                disabled={c.state === 'withdrawn'}
                onClick={() => set.mutate({ purpose: c.purpose, state: 'withdrawn', source: 'noted by hand' }, { onError: (e) => failed(e, 'The consent was not changed') })}
              >
                They withdrew it
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <span className={css.why}>{whyOf(c)}</span>
        </div>
      ))}
      <GrantDialog
        purpose={granting}
        onClose={() => setGranting(null)}
        onGrant={(source) => set.mutateAsync({ purpose: granting ?? '', state: 'granted', source })}
      />
    </Section>
  );
}

const reasons: Record<string, string> = {
  no_consent: 'Nothing says that they agreed',
  withdrawn: 'They withdrew it',
  expired: 'It has run out',
  suppressed: 'The address is never mailed',
};

/** Why somebody may or may not be written to, in a line. */
export function whyOf(c: ContactConsent): string {
  const when = c.at ? date(c.at) : '';
  const from = [when, c.source].filter(Boolean).join(', ');
  if (c.allowed) {
    const until = c.expires_at ? `, until ${date(c.expires_at)}` : '';
    return `${c.state === 'confirmed' ? 'Agreed and confirmed' : 'Agreed'}${from ? ` ${from}` : ''}${until}`;
  }
  const reason = reasons[c.reason] ?? humanize(c.reason);
  return from && c.reason !== 'suppressed' ? `${reason}: ${from}` : reason;
}
