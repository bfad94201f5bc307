import { messageOf } from '@/lib/bridge';
import { count as number, share } from '@/lib/format';
import type { RuleCount } from '@/lib/generated/api';
import type { useRuleCount } from '../api';
import type { DraftRule } from '../draft';
import css from './editor.module.css';

interface Props {
  rule: DraftRule;
  count: ReturnType<typeof useRuleCount>;
  /** What the rule lacks, in words. */
  lacking: string;
}

/** How many people get each choice. */
export function Outcomes({ rule, count, lacking }: Props) {
  const got = count.data ? outcomes(count.data, rule.default) : [];
  const most = Math.max(1, ...got.map((o) => o.people));
  return (
    <section>
      <h2 className={css.sideTitle}>Who gets what</h2>
      {(lacking || count.error) && <p className={css.lacking}>{lacking || (count.error && messageOf(count.error))}</p>}
      <table className={css.outcomes} data-stale={count.stale || undefined}>
        <thead className="visually-hidden">
          <tr>
            <th>Choice</th>
            <th>People</th>
            <th>Share</th>
          </tr>
        </thead>
        <tbody>
          {got.map((o) => (
            <tr key={o.choice}>
              <td className={css.outcomeName} title={o.choice}>
                {o.choice || <span className={css.muted}>nothing</span>}
                <span className={css.outcomeBar} style={{ width: `${(100 * o.people) / most}%` }} />
              </td>
              <td>{number(o.people)}</td>
              <td className={css.muted}>{share(o.people, count.data?.total ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** People by what they get, the most first; the choice "" is nothing. */
export function outcomes(count: RuleCount, byDefault: string): { choice: string; people: number }[] {
  const by = new Map<string, number>();
  const add = (choice: string, n: number) => {
    if (n > 0) by.set(choice, (by.get(choice) ?? 0) + n);
  };
  for (const b of count.branches) if (b.choose !== '') add(b.choose, b.chosen);
  add(byDefault.trim(), count.defaulted);
  return [...by].map(([choice, people]) => ({ choice, people })).sort((a, b) => b.people - a.people);
}
