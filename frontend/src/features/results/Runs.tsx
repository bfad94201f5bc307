import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { StackBar } from '@/components/stack/StackBar';
import { count, dateTime, plural } from '@/lib/format';
import type { RunStatus } from '@/lib/generated/api';
import { partsOf, standingOf } from '@/lib/outbox';
import css from './results.module.css';
import { excludedOf } from './sums';

export interface RunsProps {
  runs: RunStatus[];
  /** The name of a template. */
  nameOf: (template: string) => string;
}

/** Every run with its bar: what became of its messages, and who was left out. */
export function Runs({ runs, nameOf }: RunsProps) {
  return (
    <ul className={css.runs} aria-label="Runs">
      {runs.map((r) => (
        <li key={r.run} className={css.run}>
          <div className={css.head}>
            <Link to="/campaigns/$slug" params={{ slug: r.campaign }} className={css.name}>
              {r.name}
            </Link>
            <Standing run={r} />
          </div>
          <p className={css.when}>
            {dateTime(r.finished_at || r.as_of)}, {nameOf(r.template)} version {r.template_version}
          </p>
          <StackBar parts={partsOf(r.counts)} unit="messages" labelled />
          <Excluded run={r} />
        </li>
      ))}
    </ul>
  );
}

function Standing({ run }: { run: RunStatus }) {
  const { words, tone } = standingOf(run);
  return <Chip tone={tone}>{words}</Chip>;
}

function Excluded({ run }: { run: RunStatus }) {
  const [open, setOpen] = useState(false);
  const all = excludedOf(run);
  if (all === 0) return null;
  return (
    <div className={css.excluded}>
      <button type="button" className={css.link} aria-expanded={open} onClick={() => setOpen(!open)}>
        {plural(all, 'person', 'people')} left out
      </button>
      {open && (
        <ul>
          {run.excluded.map((g) => (
            <li key={g.reason}>
              <span>{count(g.count)}</span> {g.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
