import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconSnowflake, IconStairs } from '@tabler/icons-react';
import { count, date } from '@/lib/format';
import { Segments, type Segment } from '@/lib/generated/api';
import css from './Standing.module.css';

/** Says where who is in a segment is told by more than its condition: a fixed list, or a place in an exclusive group. */
export function Standing({ segment: s }: { segment: Omit<Segment, 'condition'> }) {
  if (s.frozen_at > 0) {
    return (
      <p className={css.standing}>
        <IconSnowflake size={15} aria-hidden />
        <span>
          A fixed list since {date(s.frozen_at)}: the condition below does not change who is in it.{' '}
          <Link to="/contacts" search={{ segment: s.slug }}>
            See who is
          </Link>{' '}
          ·{' '}
          <Link to="/segments/$slug/life" params={{ slug: s.slug }}>
            Make it live again
          </Link>
        </span>
      </p>
    );
  }
  return s.place.place > 1 ? <InGroup segment={s} /> : null;
}

function InGroup({ segment: s }: { segment: Omit<Segment, 'condition'> }) {
  const groups = useQuery({ queryKey: ['segments', 'groups'], queryFn: ({ signal }) => Segments.groups(signal) });
  const rung = groups.data?.find((g) => g.slug === s.place.group)?.rungs.find((r) => r.slug === s.slug);
  return (
    <p className={css.standing}>
      <IconStairs size={15} aria-hidden />
      <span>
        {rung && rung.count >= 0 ? `Of ${count(rung.fits)} who fit as it is saved, ${count(rung.count)} count in it` : 'Who fits counts in it'}, since whoever fits an earlier segment of “{s.place.name}” counts there.{' '}
        <Link to="/contacts" search={{ segment: s.slug }}>
          See who counts
        </Link>{' '}
        · <Link to="/segments">See the group</Link>
      </span>
    </p>
  );
}
