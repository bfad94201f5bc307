import { count, plural } from './format';

/** What becomes of messages and of the runs they belong to, in words and colours. */

export type MessageState = 'accepted' | 'rejected' | 'unknown' | 'held' | 'failed' | 'sending' | 'planned';

export interface StateWords {
  state: MessageState;
  /** After a number: "12 accepted". */
  label: string;
  /** What it means, in a sentence. */
  about: string;
  /** Of the set of Okabe and Ito; what is still to come is grey. */
  color: string;
}

/** In the order in which bars show them: what is done first, what is to come last. */
export const messageStates: StateWords[] = [
  { state: 'accepted', label: 'accepted', about: 'The provider took the message.', color: 'var(--chart-1)' },
  { state: 'rejected', label: 'rejected', about: 'The provider refused the message.', color: 'var(--chart-5)' },
  { state: 'unknown', label: 'unknown', about: 'Nobody can say whether the provider has the message. It is never sent again by itself.', color: 'var(--chart-2)' },
  { state: 'held', label: 'held back', about: 'Permission was gone at the moment of sending, or the message is not what was checked, so it did not leave.', color: 'var(--chart-4)' },
  { state: 'failed', label: 'not composed', about: 'The message could not be composed, so there was nothing to send.', color: 'var(--chart-6)' },
  { state: 'sending', label: 'under way', about: 'The message is being handed to the provider.', color: 'var(--chart-3)' },
  { state: 'planned', label: 'waiting', about: 'The message is composed and waits to be sent.', color: 'var(--line-strong)' },
];

export function wordsOf(state: string): StateWords {
  return messageStates.find((s) => s.state === state) ?? { state: 'planned', label: state, about: '', color: 'var(--line-strong)' };
}

export interface StackPart {
  key: string;
  label: string;
  value: number;
  color: string;
}

/** The states that occur, as parts of a bar. */
export function partsOf(counts: Record<string, number>): StackPart[] {
  return messageStates.flatMap((s) => {
    const value = counts[s.state] ?? 0;
    return value > 0 ? [{ key: s.state, label: s.label, value, color: s.color }] : [];
  });
}

export function totalOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** How many messages are past: whatever became of them, nothing happens to them by itself any more. */
export function settledOf(counts: Record<string, number>): number {
  return totalOf(counts) - (counts.planned ?? 0) - (counts.sending ?? 0);
}

export interface Standing {
  words: string;
  tone: 'plain' | 'accent' | 'ok' | 'warn' | 'bad';
}

interface Run {
  state: string;
  live: boolean;
  counts: Record<string, number>;
}

/** Whether the sending was cut short: it is written down as running, and nobody is at it. */
export function interrupted(run: Pick<Run, 'state' | 'live'>): boolean {
  return run.state === 'running' && !run.live;
}

/** Where a campaign stands, in a word or two. */
export function standingOf(run: Run): Standing {
  const unknown = run.counts.unknown ?? 0;
  switch (run.state) {
    case 'planning':
      return { words: 'Composing', tone: 'accent' };
    case 'planned':
      return { words: 'Composed', tone: 'accent' };
    case 'running':
      return run.live ? { words: 'Sending', tone: 'accent' } : { words: 'Interrupted', tone: 'bad' };
    case 'paused':
      return { words: 'Paused', tone: 'warn' };
    case 'finished':
      return unknown > 0 ? { words: `Sent, ${count(unknown)} unknown`, tone: 'warn' } : { words: 'Sent', tone: 'ok' };
    default:
      return { words: 'Draft', tone: 'plain' };
  }
}

/** What is to be done next with a campaign, for a line of a list. */
export function nextOf(run: Run): string {
  const { counts } = run;
  if (interrupted(run)) return `Go on with ${plural(counts.planned ?? 0, 'message')}`;
  switch (run.state) {
    case 'draft':
      return 'Check it';
    case 'planned':
      return `Send ${plural(counts.planned ?? 0, 'message')}`;
    case 'paused':
      return `Go on with ${plural(counts.planned ?? 0, 'message')}`;
    case 'finished':
      return (counts.unknown ?? 0) > 0 ? `Decide about ${plural(counts.unknown ?? 0, 'message')}` : '';
    default:
      return '';
  }
}
