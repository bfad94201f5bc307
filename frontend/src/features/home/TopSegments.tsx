import { Link } from '@tanstack/react-router';
import { Count } from '@/components/count/Count';
import { Section } from '@/components/page/Page';
import type { SegmentSummary } from '@/lib/generated/api';
import css from './Page.module.css';

/** The segments with the most people. */
export function TopSegments({ segments }: { segments: SegmentSummary[] }) {
  if (segments.length === 0) return null;
  return (
    <Section title="Largest segments" aside={<Link to="/segments">All segments</Link>}>
      <ul className={css.list}>
        {segments.map((s) => (
          <li key={s.slug}>
            <Link to="/contacts" search={{ segment: s.slug }} title={s.sentence} className={css.segment}>
              <span className={css.name}>{s.name}</span>
              <span className={css.bar} aria-hidden="true">
                <span style={{ width: `${s.total > 0 ? (100 * Math.max(0, s.count)) / s.total : 0}%` }} />
              </span>
              <Count value={s.count} total={s.total} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
