import { IconMinus, IconPlus } from '@tabler/icons-react';
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
      {changes.map((c) => (
        <li key={`${c.at} ${c.cause} ${c.version} ${c.size}`}>
          <div className={css.when}>
            <span>{dateTime(c.at)}</span>
            <span className={css.quiet}>{causeOf(c)}</span>
          </div>
          <div className={css.sums}>
            {c.joined > 0 && (
              <span>
                <IconPlus size={12} aria-hidden /> {count(c.joined)} joined
              </span>
            )}
            {c.left > 0 && (
              <span>
                <IconMinus size={12} aria-hidden /> {count(c.left)} left
              </span>
            )}
            {c.joined + c.left === 0 && <span className={css.quiet}>nobody moved</span>}
            <span className={css.quiet}>{count(c.size)} after it</span>
          </div>
          <Who who={c.who} all={c.joined + c.left} />
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
