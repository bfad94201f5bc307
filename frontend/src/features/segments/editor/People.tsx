import { Link } from '@tanstack/react-router';
import type { Condition } from '@/components/condition/node';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count as number } from '@/lib/format';
import type { ContactRow } from '@/lib/generated/api';
import { useSample } from '../api';
import css from './editor.module.css';

interface Props {
  condition: Condition;
  count: number | undefined;
  /** Whether the condition can be answered as it is. */
  whole: boolean;
  /** Whether that is told of this very condition. */
  current: boolean;
  /** The instant as of which, in Unix ms; 0 is now. */
  at: number;
}

const shown = 12;

/** Some of the people, evenly from all of them, and the way to all. */
export function People({ condition, count, whole, current, at }: Props) {
  const sample = useSample(condition, shown, whole && current, at);
  if (!whole) return <p className={css.muted}>People are shown once every part of the condition is finished.</p>;
  if (sample.error) return <ErrorState error={sample.error} title="The people could not be read" onRetry={() => void sample.refetch()} />;
  if (!sample.data) return <LoadingRows rows={6} />;
  if (sample.data.length === 0) return <p className={css.muted}>Nobody. The numbers beside the rows show which one leaves nobody over.</p>;
  return (
    <>
      <ul className={css.people} data-stale={sample.isPlaceholderData || undefined}>
        {sample.data.map((p) => (
          <Person key={p.id} person={p} />
        ))}
      </ul>
      {at === 0 && (
        <Link to="/contacts" search={{ condition: JSON.stringify(condition) }} className={css.all}>
          {count !== undefined && count > shown ? `See all ${number(count)}` : 'See them as a table'}
        </Link>
      )}
    </>
  );
}

export function Person({ person }: { person: ContactRow }) {
  const name = [person.values.first_name, person.values.last_name].filter(Boolean).join(' ');
  return (
    <li>
      <Link to="/contacts/$id" params={{ id: String(person.id) }} className={css.person}>
        <span className={css.personName}>{name || person.email}</span>
        {name && <span className={css.personEmail}>{person.email}</span>}
      </Link>
    </li>
  );
}
