import { useParams } from '@tanstack/react-router';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { AppError } from '@/lib/bridge';
import { date } from '@/lib/format';
import { Attributes } from './Attributes';
import { Consents } from './Consents';
import css from './Page.module.css';
import { Messages } from './Messages';
import { PersonMenu } from './PersonMenu';
import { Scores } from './Scores';
import { SegmentsOf } from './SegmentsOf';
import { Timeline } from './Timeline';
import { usePerson } from './api';
import type { ContactDetail } from '@/lib/generated/api';

const back = { to: '/contacts', label: 'Contacts' };

/** One contact: what is known, what they did, what they agreed to. */
export default function PersonPage() {
  const { id = '' } = useParams({ strict: false });
  const number = Number(id);
  const person = usePerson(number);
  if (person.error instanceof AppError && person.error.code === 'not_found') {
    return (
      <Page title="Contact" back={back}>
        <EmptyState title="This contact is not here any more" drawing="people">
          They were erased, or the import that brought them was undone.
        </EmptyState>
      </Page>
    );
  }
  if (person.error) {
    return (
      <Page title="Contact" back={back}>
        <ErrorState error={person.error} title="The contact could not be read" onRetry={() => void person.refetch()} />
      </Page>
    );
  }
  if (!person.data) {
    return (
      <Page title=" " back={back}>
        <LoadingRows rows={10} label="Reading the contact" />
      </Page>
    );
  }
  return <Known key={number} person={person.data} />;
}

function Known({ person }: { person: ContactDetail }) {
  return (
    <Page title={person.name || person.email} subtitle={aboutOf(person)} back={back} actions={<PersonMenu person={person} />} body="fill">
      <div className={css.panes}>
        <section className={css.main} aria-label="What they did" tabIndex={0}>
          <Timeline person={person} />
        </section>
        <aside className={css.side} aria-label="What is known">
          <Consents person={person} />
          <Attributes person={person} />
          <SegmentsOf person={person} />
          <Scores person={person} />
          <Messages person={person} />
        </aside>
      </div>
    </Page>
  );
}

function aboutOf(person: ContactDetail): string {
  const parts = [person.name ? person.email : '', person.external_id && `No. ${person.external_id}`, person.created_at ? `known since ${date(person.created_at)}` : ''];
  const line = parts.filter(Boolean).join(' · ');
  return line.charAt(0).toUpperCase() === line.charAt(0) || line.includes('@') ? line : line.charAt(0).toUpperCase() + line.slice(1);
}
