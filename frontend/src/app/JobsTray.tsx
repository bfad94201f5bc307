import { ActionIcon, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconCheck, IconPlayerStop, IconX } from '@tabler/icons-react';
import { failed } from '@/components/toast/toast';
import { messageOf } from '@/lib/bridge';
import { count, decimal } from '@/lib/format';
import { Jobs, type Job } from '@/lib/generated/api';
import { progressOf, useJobs } from '@/lib/jobs';
import { jobsKey } from '@/lib/query';
import css from './JobsTray.module.css';

/** How long finished work stays in the tray, in milliseconds. */
const lingers = 8_000;

/** Running work, and what has just ended, at the foot of the rail. */
export function JobsTray() {
  const client = useQueryClient();
  const shown = useJobs().filter((j) => j.state === 'running' || j.state === 'failed' || Date.now() - j.finished_at < lingers);
  const tell = (work: Promise<unknown>) => void work.then(() => client.invalidateQueries({ queryKey: jobsKey }), failed);
  if (shown.length === 0) return null;
  return (
    <section className={css.tray} aria-label="Work">
      {shown.slice(0, 4).map((job) => (
        <Row key={job.id} job={job} onCancel={() => tell(Jobs.cancel(job.id))} onDismiss={() => tell(Jobs.dismiss(job.id))} />
      ))}
    </section>
  );
}

function Row({ job, onCancel, onDismiss }: { job: Job; onCancel: () => void; onDismiss: () => void }) {
  const running = job.state === 'running';
  const progress = progressOf(job);
  return (
    <div className={css.job}>
      <div className={css.line}>
        <span className={css.title} title={job.title}>
          {job.title}
        </span>
        {running ? (
          <ActionIcon size={20} aria-label={`Stop: ${job.title}`} onClick={onCancel}>
            <IconPlayerStop size={13} />
          </ActionIcon>
        ) : (
          <ActionIcon size={20} aria-label={`Dismiss: ${job.title}`} onClick={onDismiss}>
            <IconX size={13} />
          </ActionIcon>
        )}
      </div>
      {running && <Progress size={3} value={progress === undefined ? 100 : 100 * progress} striped={progress === undefined} animated={progress === undefined} aria-label={job.title} />}
      <div className={css.about} data-state={job.state}>
        {job.state === 'done' && <IconCheck size={12} />}
        {job.state === 'failed' && <IconAlertTriangle size={12} />}
        <span>{aboutJob(job)}</span>
      </div>
    </div>
  );
}

/** One line on how a job is doing. */
export function aboutJob(job: Job): string {
  if (job.state === 'failed') return job.error ? messageOf(new Error(job.error.message)) : 'Failed';
  if (job.state === 'cancelled') return 'Stopped';
  const done = job.total > 0 ? `${count(job.done)} of ${count(job.total)} ${job.unit}` : job.done > 0 ? `${count(job.done)} ${job.unit}` : '';
  if (job.state === 'done') return done ? `Done: ${done}` : 'Done';
  const rate = job.rate >= 1 ? `${job.rate < 10 ? decimal(job.rate) : count(job.rate)}/s` : '';
  return [done || job.message || 'Working', rate].filter(Boolean).join(' · ');
}
