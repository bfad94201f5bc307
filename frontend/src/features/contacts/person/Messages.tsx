import { Chip } from '@/components/chip/Chip';
import { Section } from '@/components/page/Page';
import { date } from '@/lib/format';
import { humanize } from '@/lib/value';
import css from './Page.module.css';
import type { ContactDetail } from '@/lib/generated/api';

/** What was sent to a person, or is about to be. */
export function Messages({ person }: { person: ContactDetail }) {
  if (person.messages.length === 0) return null;
  return (
    <Section title="E-mails">
      {person.messages.map((m) => (
        <div key={m.id} className={css.message}>
          <span title={m.subject}>{m.subject || m.campaign}</span>
          <span className={css.quiet}>{date(m.at)}</span>
          <Chip tone={m.state === 'accepted' ? 'ok' : m.state === 'rejected' || m.state === 'failed' ? 'bad' : 'plain'}>{humanize(m.state)}</Chip>
        </div>
      ))}
    </Section>
  );
}
