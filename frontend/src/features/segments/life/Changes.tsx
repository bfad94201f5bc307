import { Link } from '@tanstack/react-router';
import { count, dateTime } from '@/lib/format';
import type { SegmentChange, SegmentMove } from '@/lib/generated/api';
import { causeOf } from './words';
import css from './life.module.css';

/** Who joined and left, the newest first, each moment with why. */
export function Changes({ changes }: { changes: SegmentChange[] }) {
  if (changes.length === 0) return <p className={css.quiet}>Nobody joined or left yet.</p>;
  return (
    <ol className={css.changes}>
      {changes.map((c, i) => (
        <li key={`${c.at} ${c.cause} ${c.version} ${c.size}`}>
          <span className={css.when}>{dateTime(c.at)}</span>
          <div>
            <div className={css.sums}>
              {c.joined > 0 && <strong>{count(c.joined)} joined</strong>}
              {c.left > 0 && <strong>{count(c.left)} left</strong>}
              {c.joined + c.left === 0 && <span>Nobody moved</span>}
              <span className={css.quiet}>
                {causeOf(c, changes[i + 1])} · {count(c.size)} after it
              </span>
            </div>
            <Who who={c.who} all={c.joined + c.left} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Who({ who, all }: { who: SegmentMove[]; all: number }) {
  if (who.length === 0) return null;
  const shown = who.slice(0, 6);
  return (
    <p className={css.who}>
      {shown.map((m) => (
        <Link key={m.person.id} to="/contacts/$id" params={{ id: String(m.person.id) }} title={`${m.person.email} ${m.joined ? 'joined' : 'left'}`}>
          {m.joined ? '+' : '−'} {m.person.name || m.person.email}
        </Link>
      ))}
      {all > shown.length && <span className={css.quiet}>and {count(all - shown.length)} more</span>}
    </p>
  );
}
