import { Button } from '@mantine/core';
import { count, decimal, duration } from '@/lib/format';
import type { Job } from '@/lib/generated/api';
import { progressOf } from '@/lib/jobs';
import css from './WorkProgress.module.css';

interface Props {
  /** What is being done: "Checking every message". */
  label: string;
  job: Pick<Job, 'done' | 'total' | 'unit' | 'rate' | 'message'> | undefined;
  /** The verb of the button: "Cancel". */
  stop?: string;
  onStop?: () => void;
}

/** Long work while it runs: how far it is, how fast, how long still, and a way to stop it. */
export function WorkProgress({ label, job, stop = 'Cancel', onStop }: Props) {
  const part = job && progressOf(job);
  return (
    <div className={css.work} role="group" aria-label={label}>
      <div className={css.head}>
        <span className={css.label}>{label}</span>
        <span className={css.numbers}>{job && progressInWords(job)}</span>
      </div>
      <div className={css.line}>
        <div
          className={css.bar}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={part === undefined ? undefined : Math.round(part * 100)}
          data-open={part === undefined || undefined}
        >
          <span style={{ width: part === undefined ? '30%' : `${part * 100}%` }} />
        </div>
        {onStop && <Button onClick={onStop}>{stop}</Button>}
      </div>
    </div>
  );
}

/** "412 of 1 204 messages, 203 a second, about 4 s left". */
export function progressInWords(job: Pick<Job, 'done' | 'total' | 'unit' | 'rate'>): string {
  if (job.total <= 0) return job.done > 0 ? `${count(job.done)} ${job.unit}` : '';
  const words = [`${count(job.done)} of ${count(job.total)} ${job.unit}`];
  if (job.rate > 0) {
    words.push(`${job.rate < 10 ? decimal(job.rate) : count(job.rate)} a second`);
    const left = ((job.total - job.done) / job.rate) * 1000;
    if (left >= 2000) words.push(`about ${duration(left)} left`);
  }
  return words.join(', ');
}
