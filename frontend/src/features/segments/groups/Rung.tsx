import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { count } from '@/lib/format';
import type { GroupRung } from '@/lib/generated/api';
import css from './groups.module.css';

export type Direction = 'up' | 'down';

interface Props {
  rung: GroupRung;
  /** From 0. */
  place: number;
  last: number;
  /** The most people that fit one segment of the group: the length of a whole bar. */
  most: number;
  dragged: boolean;
  /** The arrow that was used to move it here: it keeps the keyboard. */
  held: Direction | null;
  onMove: (to: number, by?: Direction) => void;
  onDrag: () => void;
  onDrop: () => void;
  onTakeOut: (() => void) | undefined;
}

/** A segment of an exclusive group: who counts in it, of those who fit. Dragged, or moved by its arrows. */
export function Rung({ rung: r, place, last, most, dragged, held, onMove, onDrag, onDrop, onTakeOut }: Props) {
  const elsewhere = r.fits - r.count;
  const arrows = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (held) arrows.current?.querySelector<HTMLElement>(`[data-direction=${held}]`)?.focus();
  }, [held, place]);
  return (
    <li
      className={css.rung}
      data-dragged={dragged || undefined}
      draggable
      onDragStart={onDrag}
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => {
        e.preventDefault();
        onDrop();
      }}
    >
      <IconGripVertical size={14} className={css.grip} aria-hidden />
      <span className={css.place}>{place + 1}</span>
      <Link to="/segments/$slug" params={{ slug: r.slug }} className={css.name}>
        {r.name}
      </Link>
      <span className={css.bar} aria-hidden>
        <span style={{ width: `${(100 * Math.max(0, r.count)) / most}%` }} />
        <span style={{ width: `${(100 * Math.max(0, elsewhere)) / most}%` }} />
      </span>
      <span className={css.quiet}>{r.error !== '' ? r.error : elsewhere > 0 ? `${count(elsewhere)} more fit, and count above` : ''}</span>
      <strong className={css.count}>{r.count < 0 ? '–' : count(r.count)}</strong>
      <span className={css.moves} ref={arrows}>
        <ActionIcon size={24} aria-label={`Move ${r.name} up`} data-direction="up" {...off(place === 0)} onClick={() => onMove(place - 1, 'up')}>
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon size={24} aria-label={`Move ${r.name} down`} data-direction="down" {...off(place === last)} onClick={() => onMove(place + 1, 'down')}>
          <IconArrowDown size={14} />
        </ActionIcon>
        <ActionIcon size={24} aria-label={`Take ${r.name} out of the group`} disabled={!onTakeOut} onClick={onTakeOut}>
          <IconX size={14} />
        </ActionIcon>
      </span>
    </li>
  );
}

/** Looks disabled and does nothing, but keeps the keyboard where it is. */
const off = (is: boolean) => (is ? { 'data-disabled': true, 'aria-disabled': true } : {});
