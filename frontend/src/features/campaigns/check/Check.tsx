import { useState } from 'react';
import { ErrorState } from '@/components/states/ErrorState';
import { WorkProgress } from '@/components/progress/WorkProgress';
import { bytes, count, dateTime, duration, plural } from '@/lib/format';
import type { ContactHit, Proof, ProofGroup } from '@/lib/generated/api';
import type { CampaignWork, Decision } from '../api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { blocking } from '../steps';
import { Compared } from './Compared';
import { Findings } from './Findings';
import { FoundDrawer, type Found } from './FoundDrawer';
import { Specimens } from './Specimens';
import { Variants } from './Variants';

interface Props {
  slug: string;
  check: Proof | null;
  work: CampaignWork;
  /** Why the check says nothing of what would be sent now; "" when it does. */
  old: string;
  /** Shows the message of a person beside the page. */
  onLook: (contact: ContactHit) => void;
  looked: number | undefined;
  /** Absent where nothing can be decided any more. */
  onDecide?: (group: ProofGroup, what: Decision) => void;
}

/** Every message of the audience, composed and looked at before the first one leaves. */
export function Check({ slug, check, work, old, onLook, looked, onDecide }: Props) {
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
          {check.messages < check.total && (
            <p className={panels.note}>
              It was stopped: {count(check.messages)} of {count(check.total)} were checked, and what follows is of those.
            </p>
          )}
          <p>{summary(check)}</p>
          {check.before && <Compared before={check.before} onOpen={setFound} />}
          <Findings groups={check.groups} onOpen={setFound} onDecide={onDecide} />
          <Variants variants={check.variants} total={check.messages} onOpen={setFound} />
          <Specimens specimens={check.specimens} others={check.others} looked={looked} onLook={onLook} />
        </div>
      )}
      {found && <FoundDrawer slug={slug} at={check?.at ?? 0} found={found} onClose={() => setFound(null)} onLook={onLook} />}
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
  const out = check.skipped > 0 ? ` ${plural(check.skipped, 'person is', 'people are')} left out by what was decided.` : '';
  return `${plural(check.messages, 'message')} composed in ${duration(check.ms)}, ${fails}${sizes}.${out}${alike(check)}`;
}

/** How many messages are the same as another's. */
function alike(check: Pick<Proof, 'alike' | 'messages'>): string {
  if (check.alike === 0) return ' No two are the same.';
  if (check.alike === check.messages) return check.messages > 1 ? ' Each is the same as another’s.' : '';
  return ` ${count(check.alike)} are the same as another’s.`;
}
