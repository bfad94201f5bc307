import { count, duration } from '@/lib/format';
import type { ImportReport } from '@/lib/generated/api';
import css from './report.module.css';

/** The sums of an import: what was read is what was made, changed, left or refused. */
export function ReportNumbers({ report: r }: { report: ImportReport }) {
  const items: [string, number, string?][] = [
    ['read', r.read],
    [r.kind === 'events' ? 'new events' : `new ${r.kind}`, r.created],
    ['updated', r.updated],
    ['unchanged', r.unchanged],
    ['rejected', r.rejected, r.rejected > 0 ? 'bad' : undefined],
  ];
  // An undone batch ends when it is undone: how long it took is no longer known.
  const took = r.ms > 0 ? r.ms : r.state === 'done' ? r.finished_at - r.started_at : 0;
  return (
    <div>
      <dl className={css.numbers}>
        {items.map(([label, n, tone]) => (
          <div key={label} className={css.number} data-tone={tone}>
            <dt>{label}</dt>
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
      {took > 0 && (
        <p className={css.speed}>
          {duration(took)}, {count((1000 * r.read) / took)} rows a second
          {r.kind === 'events' && r.contacts_created > 0 && `; ${count(r.contacts_created)} people were not known before`}
        </p>
      )}
    </div>
  );
}
