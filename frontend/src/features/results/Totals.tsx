import { count, share } from '@/lib/format';
import type { RunStatus } from '@/lib/generated/api';
import css from './results.module.css';
import { sumsOf } from './sums';

/** All runs together, in four numbers. */
export function Totals({ runs }: { runs: RunStatus[] }) {
  const s = sumsOf(runs);
  return (
    <dl className={css.totals}>
      <Total label="Accepted" value={s.accepted} about={s.handed > 0 ? `${share(s.accepted, s.handed)} of ${count(s.handed)} handed over` : 'nothing handed over yet'} />
      <Total label="Rejected" value={s.rejected} about={s.handed > 0 ? share(s.rejected, s.handed) : ''} />
      <Total label="Unknown" value={s.unknown} about={s.unknown > 0 ? 'to be decided' : 'nothing to decide'} />
      <Total label="Not written to" value={s.kept} about="left out or held back" />
    </dl>
  );
}

function Total({ label, value, about }: { label: string; value: number; about: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={css.value}>{count(value)}</dd>
      <dd className={css.about}>{about}</dd>
    </div>
  );
}
