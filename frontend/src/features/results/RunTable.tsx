import { Link } from '@tanstack/react-router';
import { count, dateTime } from '@/lib/format';
import { messageStates, standingOf } from '@/lib/outbox';
import css from './results.module.css';
import type { RunsProps } from './Runs';
import { reasonsOf } from './sums';

/** The same as numbers: a column for each state that occurs and each reason for leaving people out. */
export function RunTable({ runs, nameOf }: RunsProps) {
  const states = messageStates.filter((s) => runs.some((r) => (r.counts[s.state] ?? 0) > 0));
  const reasons = reasonsOf(runs);
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Results as a table">
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Campaign</th>
            <th scope="col">When</th>
            <th scope="col">State</th>
            <th scope="col">Template</th>
            {states.map((s) => (
              <th key={s.state} scope="col" className={css.right}>
                {s.label.charAt(0).toUpperCase() + s.label.slice(1)}
              </th>
            ))}
            {reasons.map((g) => (
              <th key={g.reason} scope="col" className={`${css.right} ${css.reason}`}>
                Left out: {g.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((r) => (
            <tr key={r.run}>
              <th scope="row">
                <Link to="/campaigns/$slug" params={{ slug: r.campaign }} className={css.name}>
                  {r.name}
                </Link>
              </th>
              <td>{dateTime(r.finished_at || r.as_of)}</td>
              <td>{standingOf(r).words}</td>
              <td>
                {nameOf(r.template)}, version {r.template_version}
              </td>
              {states.map((s) => (
                <td key={s.state} className={css.right}>
                  {count(r.counts[s.state] ?? 0)}
                </td>
              ))}
              {reasons.map((g) => (
                <td key={g.reason} className={css.right}>
                  {count(r.excluded.find((e) => e.reason === g.reason)?.count ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
