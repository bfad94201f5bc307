import { Link } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { count, plural, share } from '@/lib/format';
import type { RFMCell, RFMMap } from '@/lib/generated/api';
import { peopleOf, segmentOf } from '../api';
import css from './rfm.module.css';
import { boundsOf, cellAt, cellCondition, moved, nameCells, titled, worth } from './map';

interface Props {
  map: RFMMap;
  /** A draft is not what segments use: its cells lead nowhere. */
  draft: boolean;
  /** The region that is pointed at elsewhere. */
  region: string | null;
  onPoint: (cell: RFMCell | null) => void;
}

const scores = [1, 2, 3, 4, 5];

/** Recency across, frequency up: the darker a cell, the more people. Arrows move, Enter makes a segment. */
export function Grid({ map, draft, region, onPoint }: Props) {
  const [active, setActive] = useState({ recency: 5, frequency: 5 });
  const grid = useRef<HTMLDivElement>(null);
  const most = Math.max(1, ...map.cells.map((c) => c.people));
  const names = nameCells(map);
  const onKey = (e: KeyboardEvent) => {
    const next = moved(active, e.key);
    if (!next) return;
    e.preventDefault();
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next.recency}-${next.frequency}"]`)?.focus();
  };
  return (
    <div ref={grid} className={css.grid} role="grid" tabIndex={-1} aria-label="Recency and frequency" onKeyDown={onKey} onMouseLeave={() => onPoint(null)}>
      {scores.toReversed().map((frequency) => (
        <div key={frequency} role="row" className={css.line}>
          <div role="rowheader" className={css.side}>
            <b>{frequency}</b>
            <span>{boundsOf(map.times[frequency - 1])}</span>
          </div>
          {scores.map((recency) => {
            const cell = cellAt(map, recency, frequency);
            if (!cell) return null;
            const focused = active.recency === recency && active.frequency === frequency;
            return (
              <div
                key={recency}
                role="gridcell"
                className={css.cell}
                style={{ '--heat': `${Math.round((42 * cell.people) / most)}%` } as React.CSSProperties}
                data-pointed={region === cell.region || undefined}
                data-top={differs(map, cell, 0, 1) || undefined}
                data-right={differs(map, cell, 1, 0) || undefined}
                onMouseEnter={() => onPoint(cell)}
                onFocus={() => {
                  setActive({ recency, frequency });
                  onPoint(cell);
                }}
              >
                <CellLink map={map} cell={cell} draft={draft} named={names.get(cell.region) === cell} focused={focused} />
                {!draft && cell.people > 0 && (
                  <Link to={peopleOf(cellCondition(cell))} className={css.see} aria-label={`See the ${plural(cell.people, 'person', 'people')}`} tabIndex={focused ? 0 : -1}>
                    <IconUsers size={14} />
                  </Link>
                )}
              </div>
            );
          })}
        </div>
      ))}
      <div role="row" className={css.line}>
        <div role="columnheader" className={css.side}>
          Score
        </div>
        {scores.map((recency) => (
          <div key={recency} role="columnheader" className={css.foot}>
            <b>{recency}</b>
            <span>{boundsOf(map.recency[recency - 1])}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Whether the neighbour belongs to another region: a line stands between. */
function differs(map: RFMMap, cell: RFMCell, right: number, up: number): boolean {
  const other = cellAt(map, cell.recency + right, cell.frequency + up);
  return other !== undefined && other.region !== cell.region;
}

function CellLink({ map, cell, draft, named, focused }: { map: RFMMap; cell: RFMCell; draft: boolean; named: boolean; focused: boolean }) {
  const where = `recency ${cell.recency}, frequency ${cell.frequency}`;
  const revenue = `${worth(map, cell.revenue)}, ${share(Number(cell.revenue), Number(map.revenue))} of revenue`;
  const inside = (
    <>
      <span className={css.name}>{named ? titled(cell.region) : ' '}</span>
      <span className={css.people}>{cell.people === 0 ? '–' : count(cell.people)}</span>
      <span className={css.share}>{cell.people === 0 ? ' ' : share(cell.people, map.people)}</span>
    </>
  );
  const common = { className: css.link, 'data-at': `${cell.recency}-${cell.frequency}`, tabIndex: focused ? 0 : -1 };
  if (draft) {
    return (
      <span role="img" aria-label={`${titled(cell.region)}, ${where}: ${plural(cell.people, 'person', 'people')}, ${share(cell.people, map.people)}; ${revenue}`} {...common}>
        {inside}
      </span>
    );
  }
  return (
    <Link to={segmentOf(cellCondition(cell))} {...common}>
      {inside}
      <span className="visually-hidden">
        {' '}
        {!named && `${titled(cell.region)}, `}
        {where}; {revenue}. Make a segment
      </span>
    </Link>
  );
}
