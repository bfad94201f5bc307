import { useSortable } from '@dnd-kit/sortable';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { outcome } from '@/components/preview/words';
import { labelOf } from '../fields/form';
import { useEditing } from './draft';
import { iconOf } from './icons';
import { gist } from './make';
import { idOf, inList, type Visited } from './tree';
import css from './Outline.module.css';

/** A block in the list, with what the person looked at gets of it. */
export function OutlineRow({ at, chosen }: { at: Visited; chosen: boolean }) {
  const { kinds, choose, traces } = useEditing();
  const { block, slot } = at;
  const id = idOf(block);
  const movable = inList(slot);
  const { setNodeRef, listeners, isDragging, isOver, activeIndex, overIndex, transform } = useSortable({ id, disabled: !movable });
  const row = useRef<HTMLButtonElement | null>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const trace = traces.get(at.path);
  const Sign = iconOf(block.kind);
  const said = trace ? outcome(trace) : '';
  const label = labelOf(kinds, block.kind);
  const away = traces.size > 0 && !trace && slot.in !== 'list' && slot.in !== 'column';
  return (
    <button
      ref={(el) => {
        row.current = el;
        setNodeRef(el);
      }}
      type="button"
      className={css.row}
      aria-current={chosen}
      data-away={away || undefined}
      data-dragging={isDragging || undefined}
      data-over={(isOver && !isDragging && (activeIndex < overIndex ? 'below' : 'above')) || undefined}
      style={{ paddingLeft: 8 + at.depth * 16, translate: isDragging && transform ? `0 ${transform.y}px` : undefined }}
      onClick={() => choose({ part: 'block', id })}
      {...listeners}
    >
      <span className={css.icon}>
        <Sign size={15} />
      </span>
      <span className={css.kind}>{slot.in === 'variant' ? slot.name : slot.in === 'fallback' ? 'fallback' : label}</span>
      <span className={css.gist}>{gist(block)}</span>
      {slot.in === 'variant' && trace && (
        <span className={css.taken} title="What this person gets">
          <IconCheck size={14} role="img" aria-label="what this person gets" />
        </span>
      )}
      {said !== '' && (
        <span className={css.said} data-tone={trace?.fallback ? 'warn' : trace?.hidden ? 'off' : undefined}>
          {trace?.fallback && <IconAlertTriangle size={12} aria-hidden />}
          {said}
        </span>
      )}
    </button>
  );
}
