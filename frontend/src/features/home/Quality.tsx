import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Section } from '@/components/page/Page';
import { count } from '@/lib/format';
import type { QualityFinding } from '@/lib/generated/api';
import css from './Page.module.css';

/** What in the data could be better, with the people it is about. */
export function Quality({ findings }: { findings: QualityFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <Section title="Worth a look" aside={<Link to="/data">All of the data</Link>}>
      <ul className={css.list}>
        {findings.map((f) => (
          <li key={f.id} className={css.finding} title={f.message}>
            {f.severity === 'mend' ? <IconAlertTriangle size={15} aria-label="To mend" /> : <IconInfoCircle size={15} aria-label="To look at" />}
            <span className={css.name}>{f.title}</span>
            <span className={css.about}>{count(f.count)}</span>
            {Boolean(f.condition) && (
              <Link to="/contacts" search={{ condition: JSON.stringify(f.condition) }} aria-label={`See them: ${f.title}`}>
                See them
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
