import { Button } from '@mantine/core';
import { IconMinus, IconPlus, IconPoint } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { date, dateTime } from '@/lib/format';
import type { SegmentMove } from '@/lib/generated/api';
import css from './Page.module.css';
import { useMoves } from './api';

const few = 5;

/** When a person joined and left segments. */
export function Moves({ person }: { person: number }) {
  const moves = useMoves(person);
  const [all, setAll] = useState(false);
  const list = moves.data ?? [];
  if (list.length === 0) return null;
  return (
    <>
      <ul className={css.moves} aria-label="Joined and left">
        {(all ? list : list.slice(0, few)).map((m) => (
          <Move key={`${m.slug} ${m.at} ${m.joined}`} move={m} />
        ))}
      </ul>
      {list.length > few && (
        <Button variant="subtle" ml={-8} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `All ${list.length}`}
        </Button>
      )}
    </>
  );
}

function Move({ move: m }: { move: SegmentMove }) {
  const Sign = m.cause === 'first' ? IconPoint : m.joined ? IconPlus : IconMinus;
  return (
    <li>
      <Sign size={12} aria-hidden />
      <span>
        {wordOf(m)}{' '}
        <Link to="/segments/$slug/life" params={{ slug: m.slug }}>
          {m.name}
        </Link>
      </span>
      <span className={css.quiet} title={dateTime(m.at)}>
        {date(m.at)}
      </span>
    </li>
  );
}

/** "Joined", "Left", or that the segment's being made or edited did it. */
export function wordOf(m: SegmentMove): string {
  if (m.cause === 'first') return 'Was in';
  if (m.cause === 'definition') return m.joined ? 'Came in by an edit of' : 'Went out by an edit of';
  return m.joined ? 'Joined' : 'Left';
}
