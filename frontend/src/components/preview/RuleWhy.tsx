import { IconCheck, IconX } from '@tabler/icons-react';
import type { Explanation, RenderRuleTrace } from '@/lib/generated/api';
import css from './Why.module.css';

/** The branches of a rule that were looked at, in order, and why each holds or not. */
export function RuleWhy({ rule }: { rule: RenderRuleTrace }) {
  return (
    <ol className={css.tried}>
      {rule.tried.map((t) => (
        <li key={t.path}>
          <p className={css.branch}>
            <Sign holds={t.holds} />
            <span>
              <strong>{t.name || 'A branch without a name'}</strong>
              {t.holds && t.choose !== '' && <> → {t.choose}</>}
            </span>
          </p>
          {t.because && <Because why={t.because} />}
        </li>
      ))}
      {rule.path.endsWith('default') && (
        <li>
          <p className={css.branch}>
            <Sign holds />
            <span>
              <strong>Otherwise</strong> → {rule.chosen}
            </span>
          </p>
        </li>
      )}
      {rule.chosen === '' && <li className={css.because}>Nothing was chosen, so the block is not shown.</li>}
    </ol>
  );
}

/** A condition with what was seen of a person, part by part. */
export function Because({ why }: { why: Explanation }) {
  return (
    <div className={css.tree}>
      <p className={css.branch}>
        <Sign holds={why.holds} small />
        <span>
          {why.sentence}
          {why.seen !== '' && <span className={css.seen}>{why.seen}</span>}
        </span>
      </p>
      {why.children.length > 0 && (
        <div className={css.under}>
          {why.children.map((c) => (
            <Because key={c.path} why={c} />
          ))}
        </div>
      )}
    </div>
  );
}

function Sign({ holds, small = false }: { holds: boolean; small?: boolean }) {
  const size = small ? 12 : 14;
  return (
    <span className={css.sign} data-holds={holds || undefined} role="img" aria-label={holds ? 'yes' : 'no'}>
      {holds ? <IconCheck size={size} stroke={2.5} /> : <IconX size={size} stroke={2.5} />}
    </span>
  );
}
