import { Section } from '@/components/page/Page';
import { plural } from '@/lib/format';
import type { ImportPlan } from '@/lib/generated/api';
import css from './import.module.css';

/** Rows that cannot even be read; the others are imported, and these come back as a file. */
export function BadRows({ plan }: { plan: ImportPlan }) {
  return (
    <Section title={`${plural(plan.bad_count, 'row')} cannot be read`} aside="They are not imported; afterwards you can save them as a file, mend them and import that.">
      <ul className={css.badRows}>
        {plan.bad_rows.slice(0, 8).map((b) => (
          <li key={`${b.line} ${b.column}`}>
            <span className={css.badLine}>line {b.line}</span> {b.reason}
          </li>
        ))}
      </ul>
    </Section>
  );
}
