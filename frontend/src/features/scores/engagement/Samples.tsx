import { Link } from '@tanstack/react-router';
import type { Engagement, EngagementSample } from '@/lib/generated/api';
import { workedOut } from './words';
import css from './engagement.module.css';

/** Some people from the highest score down, each worked out. */
export function Samples({ samples, model }: { samples: EngagementSample[]; model: Engagement }) {
  if (samples.length === 0) return null;
  return (
    <section aria-label="Some people">
      <h2 className={css.head}>Some people, from the highest down</h2>
      <ul className={css.samples}>
        {samples.map((s) => (
          <li key={s.id}>
            <span className={css.score}>{s.score}</span>
            <span className={css.person}>
              <Link to="/contacts/$id" params={{ id: String(s.id) }}>
                {s.name || s.email}
              </Link>
              <span className={css.muted}>{workedOut(s, model)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
