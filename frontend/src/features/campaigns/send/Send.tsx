import { Button } from '@mantine/core';
import { useState } from 'react';
import { WorkProgress } from '@/components/progress/WorkProgress';
import { StackBar } from '@/components/stack/StackBar';
import { ErrorState } from '@/components/states/ErrorState';
import { count, dateTime, plural } from '@/lib/format';
import type { RunStatus } from '@/lib/generated/api';
import { interrupted, messageStates, partsOf, wordsOf } from '@/lib/outbox';
import type { CampaignWork } from '../api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { MessagesDrawer } from './MessagesDrawer';
import { Unknown } from './Unknown';

interface Props {
  slug: string;
  status: RunStatus | undefined;
  /** Why nothing can be sent yet; "" when it can. */
  why: string;
  work: CampaignWork;
  /** Whether the sender takes a message twice without harm, so that one under way is simply sent again. */
  harmless: boolean;
  onPause: () => void;
}

/** Where the sending stands: its progress, what became of the messages, and what is to be decided. */
export function Send({ slug, status, why, work, harmless, onPause }: Props) {
  const [listed, setListed] = useState<string | null>(null);
  const run = status && status.run !== 0 ? status : null;
  const sending = work.running || (run?.live ?? false);
  return (
    <>
      {work.error && <ErrorState error={work.error} title="The sending stopped" />}
      {sending && <WorkProgress label={work.job?.message || 'Sending'} job={work.job ?? fromStatus(run)} stop="Pause" onStop={onPause} />}
      {!run && !sending && <p className={css.muted}>{why || 'Every message is composed and kept before the first one leaves. You can pause at any time; nobody gets it twice.'}</p>}
      {run && !sending && <Story run={run} harmless={harmless} />}
      {run && run.total > 0 && (
        <div className={panels.counts}>
          <StackBar parts={partsOf(run.counts)} unit="messages" labelled onPick={setListed} />
          <Button variant="subtle" onClick={() => setListed('')}>
            See all messages
          </Button>
        </div>
      )}
      {run && !sending && (run.counts.unknown ?? 0) > 0 && <Unknown slug={slug} count={run.counts.unknown ?? 0} />}
      {run && !sending && <Undone run={run} onList={setListed} />}
      {listed !== null && <MessagesDrawer slug={slug} state={listed} total={listed === '' ? run?.total : run?.counts[listed]} onClose={() => setListed(null)} />}
    </>
  );
}

/** The progress as far as the status tells it, when another window or the terminal is sending. */
function fromStatus(run: RunStatus | null) {
  if (!run) return undefined;
  const waiting = (run.counts.planned ?? 0) + (run.counts.sending ?? 0);
  return { done: run.total - waiting, total: run.total, unit: 'messages', rate: 0, message: '' };
}

/** What happened, in sentences. */
function Story({ run, harmless }: { run: RunStatus; harmless: boolean }) {
  const waiting = run.counts.planned ?? 0;
  const under = run.counts.sending ?? 0;
  if (interrupted(run)) {
    return (
      <div className={panels.blocking} role="alert">
        <h3>The sending was interrupted</h3>
        <p>
          The program was closed or stopped while it was sending.{' '}
          {underWayInWords(under, harmless)}
          {waiting > 0 && ` ${plural(waiting, 'message')} still ${waiting === 1 ? 'waits' : 'wait'}.`}
        </p>
      </div>
    );
  }
  switch (run.state) {
    case 'planned':
      return (
        <p>
          {plural(waiting, 'message')} {waiting === 1 ? 'is' : 'are'} composed and kept since {dateTime(run.as_of)}. Nothing has left.
        </p>
      );
    case 'paused':
      return (
        <p className={panels.note}>
          {pausedBecause(run.note)} {plural(waiting, 'message')} {waiting === 1 ? 'waits' : 'wait'}.
        </p>
      );
    case 'finished':
      return <p>Finished {dateTime(run.finished_at)}.</p>;
    default:
      return null;
  }
}

function underWayInWords(n: number, harmless: boolean): string {
  if (n === 0) return 'Nothing was under way at that moment, so nobody gets anything twice.';
  const were = plural(n, 'message was', 'messages were');
  const them = n === 1 ? 'it' : 'them';
  if (harmless) return `${were} under way. When you go on, ${n === 1 ? 'it is' : 'they are'} written again in the same place, so nobody gets anything twice.`;
  return `${were} under way; the provider may have ${them} or not. When you go on, ${n === 1 ? 'it is' : 'they are'} marked as unknown and not sent again, unless you say so.`;
}

/** "Paused by hand.", or "Paused: the server asked to try later." */
function pausedBecause(note: string): string {
  if (note === '') return 'Paused.';
  return /^paused/i.test(note) ? `${note.charAt(0).toUpperCase()}${note.slice(1)}.` : `Paused: ${note}.`;
}

/** What did not reach anybody: refused, held back, not composed. */
function Undone({ run, onList }: { run: RunStatus; onList: (state: string) => void }) {
  const states = messageStates.filter((s) => ['rejected', 'held', 'failed'].includes(s.state) && (run.counts[s.state] ?? 0) > 0);
  if (states.length === 0) return null;
  return (
    <ul className={panels.findings} aria-label="Messages that did not leave">
      {states.map((s) => (
        <li key={s.state} data-tone="plain">
          <span className={css.dot} style={{ background: s.color }} />
          <span className={panels.finding}>
            <span>
              <strong>{count(run.counts[s.state] ?? 0)}</strong> {s.label}
            </span>
            <span className={css.muted}>{wordsOf(s.state).about}</span>
          </span>
          <Button variant="subtle" aria-label={`See them: ${s.label}`} onClick={() => onList(s.state)}>
            See them
          </Button>
        </li>
      ))}
    </ul>
  );
}
