import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Chip, type Tone } from '@/components/chip/Chip';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, dateTime } from '@/lib/format';
import type { Batch } from '@/lib/generated/api';
import { useBatches } from './api';
import css from './data.module.css';

const states: Record<string, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'accent' },
  done: { label: 'Done', tone: 'ok' },
  cancelled: { label: 'Stopped', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  undone: { label: 'Undone', tone: 'plain' },
};

/** Every import, the newest first. */
export function Batches() {
  const navigate = useNavigate();
  const batches = useBatches();
  if (batches.error) return <ErrorState error={batches.error} title="The imports could not be read" onRetry={() => void batches.refetch()} />;
  if (!batches.data) return <LoadingRows rows={6} />;
  if (batches.data.length === 0) {
    return (
      <EmptyState
        title="Nothing imported yet"
        drawing="sheet"
        action={
          <Button component={Link} to="/data/import" variant="filled">
            Import a file
          </Button>
        }
      >
        Bring contacts, orders and other events, or products from a CSV file. You see what becomes of each column before anything is written, and every import can be undone.
      </EmptyState>
    );
  }
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th>File</th>
          <th>What</th>
          <th>When</th>
          <th className={css.right}>Rows</th>
          <th className={css.right}>New</th>
          <th className={css.right}>Updated</th>
          <th className={css.right}>Unchanged</th>
          <th className={css.right}>Rejected</th>
          <th>State</th>
        </tr>
      </thead>
      <tbody>
        {batches.data.map((b) => (
          <tr key={b.batch} onClick={() => void navigate({ to: '/data/$batch', params: { batch: String(b.batch) } })}>
            <td>
              <Link to="/data/$batch" params={{ batch: String(b.batch) }} className={css.name}>
                {b.source}
              </Link>
            </td>
            <td className={css.muted}>{b.kind}</td>
            <td className={css.muted}>{dateTime(b.started_at)}</td>
            <td className={css.right}>{count(b.read)}</td>
            <td className={css.right}>{count(b.created)}</td>
            <td className={css.right}>{count(b.updated)}</td>
            <td className={css.right}>{count(b.unchanged)}</td>
            <td className={css.right} data-bad={b.rejected > 0 || undefined}>
              {count(b.rejected)}
            </td>
            <td>
              <BatchState batch={b} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BatchState({ batch }: { batch: Pick<Batch, 'state'> }) {
  const s = states[batch.state] ?? { label: batch.state, tone: 'plain' as const };
  return <Chip tone={s.tone}>{s.label}</Chip>;
}
