import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Count } from '@/components/count/Count';
import { Section } from '@/components/page/Page';
import { Segments } from '@/lib/generated/api';
import css from './Page.module.css';

const shown = 7;

/** The segments with the most people. */
export function TopSegments() {
  const segments = useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal) });
  const top = [...(segments.data ?? [])].sort((a, b) => b.count - a.count).slice(0, shown);
  if (top.length === 0) return null;
  return (
    <Section title="Segments" aside={<Link to="/segments">All {segments.data?.length}</Link>}>
      <ul className={css.list}>
        {top.map((s) => (
          <li key={s.slug}>
            <Link to="/contacts" search={{ segment: s.slug }} title={s.sentence}>
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
