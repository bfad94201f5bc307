import { Button, Progress } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '@/lib/bridge';
import { bytes, count, plural } from '@/lib/format';
import { Data, type ImportPlan, type ImportReport, type Job } from '@/lib/generated/api';
import { progressOf, useRunJob } from '@/lib/jobs';
import { useDataChanged } from '../api';
import { ReportNumbers } from '../report/ReportNumbers';
import { missing, requestOf, type Choices } from './request';
import css from './import.module.css';

interface Props {
  plan: ImportPlan;
  choices: Choices;
  /** Whether the plan is of these very choices. */
  ready: boolean;
}

/** The foot of the page: what is lacking, a try without writing, the import itself and its progress. */
export function RunBar({ plan, choices, ready }: Props) {
  const navigate = useNavigate();
  const changed = useDataChanged();
  const [tried, setTried] = useState<ImportReport | null>(null);
  const job = useRunJob<ImportReport>((ended) => {
    const report = ended.result as ImportReport | null;
    if (report?.dry_run) setTried(report);
    else if (report && report.batch > 0) {
      changed();
      void navigate({ to: '/data/$batch', params: { batch: String(report.batch) } });
    }
  });
  const start = (dryRun: boolean) => {
    setTried(null);
    job.start(() => Data.start(requestOf(choices, plan, dryRun)));
  };
  const lacking = missing(choices, plan);
  const rows = plural(plan.rows, 'row');
  return (
    <footer className={css.foot} aria-label="Import">
      {tried && !job.running && (
        <div className={css.tried}>
          <strong>Nothing was written. This is what would happen:</strong>
          <ReportNumbers report={tried} />
        </div>
      )}
      {job.running ? (
        <Running job={job.job} onCancel={job.cancel} />
      ) : (
        <div className={css.run}>
          <span className={css.lacking} role="status">
            {job.error ? <span className={css.bad}>{messageOf(job.error)}</span> : lacking}
          </span>
          <Button disabled={lacking !== '' || !ready} onClick={() => start(true)}>
            Try without writing
          </Button>
          <Button variant="filled" disabled={lacking !== '' || !ready} onClick={() => start(false)}>
            Import {rows}
          </Button>
        </div>
      )}
    </footer>
  );
}

function Running({ job, onCancel }: { job: Job | undefined; onCancel: () => void }) {
  const part = job && progressOf(job);
  const inBytes = job?.unit === 'bytes';
  const amount = (n: number) => (inBytes ? bytes(n) : count(n));
  return (
    <div className={css.run}>
      <div className={css.progress}>
        <Progress value={(part ?? 0) * 100} aria-label="How far the import is" size={6} animated={part === undefined} />
        <span className={css.rate} role="status">
          {job?.message ? `${job.message} · ` : ''}
          {job && job.done > 0 ? `${amount(job.done)}${job.total > 0 ? ` of ${amount(job.total)}` : ''}${inBytes ? '' : ` ${job.unit}`}` : 'Starting'}
          {job && job.rate > 0 && !inBytes ? ` · ${count(job.rate)} ${job.unit} a second` : ''}
        </span>
      </div>
      <Button onClick={onCancel}>Stop</Button>
    </div>
  );
}
