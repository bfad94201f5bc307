import { Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ContactDetail } from '@/lib/generated/api';
import { useScores } from './api';
import css from './Scores.module.css';

/** How lately, how often and for how much they bought, beside everybody else, and how each score came about. */
export function Scores({ person }: { person: ContactDetail }) {
  const scores = useScores(person.id);
  return (
    <Section title="Scores" aside="Of the beginning of today">
      {scores.error && <ErrorState error={scores.error} onRetry={() => void scores.refetch()} />}
      {scores.isPending && <LoadingRows rows={3} />}
      <dl className={css.scores}>
        {scores.data?.map((s) => (
          <div key={s.name}>
            <dt>{s.label}</dt>
            <dd>
              <span className={css.value}>{s.value === null ? '–' : String(s.value)}</span>
              <span className={css.why}>{withoutValue(s.why)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** The value stands before it already: "4: 3 orders…" is "3 orders…". */
const withoutValue = (why: string) => why.replace(/^[^:]*: /, '');
