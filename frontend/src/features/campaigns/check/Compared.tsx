import { count, dateTime, plural } from '@/lib/format';
import type { ProofBefore } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { findingPlace, saidOf } from './Findings';
import type { Found } from './FoundDrawer';

interface Props {
  before: ProofBefore;
  onOpen: (found: Found) => void;
}

/** What is other than at the check before: who came and went, whose message changed, what is mended. */
export function Compared({ before, onOpen }: Props) {
  const parts: Found[] = [
    { what: 'changed' as const, number: 0, title: `${plural(before.changed, 'person gets', 'people get')} another message`, n: before.changed },
    { what: 'joined' as const, number: 0, title: `${plural(before.joined, 'person', 'people')} joined`, n: before.joined },
    { what: 'left' as const, number: 0, title: `${plural(before.left, 'person', 'people')} left`, n: before.left },
  ].flatMap(({ n, ...found }) => (n > 0 ? [{ ...found, about: `Since the check of ${dateTime(before.at)}` }] : []));
  return (
    <div className={panels.compared}>
      <p>
        Since the check of {dateTime(before.at)}:{' '}
        {parts.length === 0
          ? 'the same people, the same messages.'
          : parts.map((found, i) => (
              <span key={found.what}>
                {i > 0 && ', '}
                <button type="button" className={css.link} onClick={() => onOpen(found)}>
                  {found.title}
                </button>
              </span>
            ))}
      </p>
      {before.gone.length > 0 && (
        <ul className={css.muted}>
          {before.gone.map((g) => (
            <li key={`${g.kind} ${g.place} ${g.message}`}>
              No longer: {count(g.was)} {saidOf({ ...g, count: g.was })}
              {g.place && `, ${findingPlace(g.place).replace(/^In/, 'in')}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
