import { useState } from 'react';
import { ErrorState } from '@/components/states/ErrorState';
import { WorkProgress } from '@/components/progress/WorkProgress';
import { bytes, count, dateTime, duration, plural } from '@/lib/format';
import type { ContactHit, Proof } from '@/lib/generated/api';
import type { CampaignWork } from '../api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { blocking } from '../steps';
import { Findings } from './Findings';
import { FoundDrawer, type Found } from './FoundDrawer';
import { Specimens } from './Specimens';
import { Variants } from './Variants';

interface Props {
  check: Proof | null;
  work: CampaignWork;
  /** Why the check says nothing of what would be sent now; "" when it does. */
  old: string;
  /** Shows the message of a person beside the page. */
  onLook: (contact: ContactHit) => void;
  looked: number | undefined;
}

/** Every message of the audience, composed and looked at before the first one leaves. */
export function Check({ check, work, old, onLook, looked }: Props) {
  const [found, setFound] = useState<Found | null>(null);
  if (work.running) return <WorkProgress label="Composing every message, to look at it" job={work.job} onStop={work.cancel} />;
  return (
    <>
      {work.error && <ErrorState error={work.error} title="The check did not come to its end" />}
      {!check ? (
        <p className={css.muted}>The check composes every message as it would be sent, and tells what fails, what is missing and who gets what. Nothing is sent.</p>
      ) : (
        <div className={panels.checked} data-old={old !== '' || undefined}>
          {old && <p className={panels.note}>{old} What follows is of {dateTime(check.at)}.</p>}
          <Blocking list={blocking(check)} />
          <p>{summary(check)}</p>
          <Findings groups={check.groups} onOpen={setFound} />
          <Variants variants={check.variants} total={check.messages} onOpen={setFound} />
          <Specimens specimens={check.specimens} looked={looked} onLook={onLook} />
        </div>
      )}
      {found && <FoundDrawer found={found} onClose={() => setFound(null)} onLook={onLook} />}
    </>
  );
}

function Blocking({ list }: { list: string[] }) {
  if (list.length === 0) return null;
  return (
    <div className={panels.blocking} role="alert">
      <h3>To be mended before anything is sent</h3>
      <ul>
        {list.map((p) => (
          <li key={p}>{p.charAt(0).toUpperCase() + p.slice(1)}.</li>
        ))}
      </ul>
    </div>
  );
}

/** The check in a sentence: how many, how large, how long it took. */
export function summary(check: Proof): string {
  if (check.messages === 0) return 'There was no message to compose.';
  const fails = check.failed === 0 ? 'none fails' : `${count(check.failed)} ${check.failed === 1 ? 'fails' : 'fail'}`;
  const sizes = check.bytes_max > 0 ? `; ${bytes(check.bytes_mean)} each, ${bytes(check.bytes_max)} the largest` : '';
  return `${plural(check.messages, 'message')} composed in ${duration(check.ms)}, ${fails}${sizes}.`;
}
