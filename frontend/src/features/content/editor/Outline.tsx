import { closestCenter, DndContext, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext } from '@dnd-kit/sortable';
import { IconMail, IconPalette } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { AddMenu } from './AddMenu';
import { useEditing } from './draft';
import { OutlineRow } from './OutlineRow';
import { duplicate, find, idOf, inList, insertBehind, moveBy, moveOnto, remove, visit, type Visited } from './tree';
import css from './Outline.module.css';

/**
 * The blocks in their order. A row is chosen by a press or the arrow keys, moved
 * by dragging or Alt with the arrows, copied by Ctrl+D, taken away by Delete.
 */
export function Outline() {
  const { template, edit, chosen, choose, kind } = useEditing();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const box = useRef<HTMLDivElement>(null);
  const id = chosen?.part === 'block' ? chosen.id : null;
  const rows = visible(visit(template.blocks), id);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    box.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  });
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over) edit((t) => ({ ...t, blocks: moveOnto(t.blocks, String(active.id), String(over.id)) }));
  };
  const onKey = (e: KeyboardEvent) => {
    const by = e.key === 'ArrowUp' ? -1 : e.key === 'ArrowDown' ? 1 : 0;
    if (by !== 0) {
      e.preventDefault();
      moved.current = true;
      if (e.altKey && id !== null) edit((t) => ({ ...t, blocks: moveBy(t.blocks, id, by) }));
      else step(by);
    } else if (id !== null && (e.key === 'Delete' || e.key === 'Backspace')) {
      const at = find(template.blocks, id);
      if (!at || at.slot.in === 'variant') return;
      e.preventDefault();
      moved.current = true;
      const next = rows[rows.findIndex((r) => idOf(r.block) === id) + 1];
      edit((t) => ({ ...t, blocks: remove(t.blocks, id) }));
      choose(next ? { part: 'block', id: idOf(next.block) } : null);
    } else if (id !== null && e.key.toLowerCase() === 'd' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      moved.current = true;
      const copy = duplicate(template.blocks, id);
      edit((t) => ({ ...t, blocks: copy.blocks }));
      choose({ part: 'block', id: copy.id });
    }
  };
  const step = (by: number) => {
    const at = rows.findIndex((r) => idOf(r.block) === id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) choose({ part: 'block', id: idOf(next.block) });
  };
  return (
    <nav className={css.outline} aria-label="Parts of the e-mail" ref={box}>
      {kind === 'template' && (
        <Part icon={<IconMail size={15} />} label="Subject" about={template.subject} on={chosen?.part === 'envelope'} onClick={() => choose({ part: 'envelope' })} />
      )}
      {kind === 'template' && <Part icon={<IconPalette size={15} />} label="Style" on={chosen?.part === 'style'} onClick={() => choose({ part: 'style' })} />}
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={rows.filter((r) => inList(r.slot)).map((r) => idOf(r.block))} strategy={() => null}>
          <div className={css.rows} role="presentation" onKeyDown={onKey}>
            {rows.map((r) => (
              <OutlineRow key={idOf(r.block)} at={r} chosen={idOf(r.block) === id} />
            ))}
          </div>
        </SortableContext>
      </DndContext>
      <div className={css.add}>
        <AddMenu
          blocks={template.blocks}
          onAdd={(b) => {
            edit((t) => ({ ...t, blocks: insertBehind(t.blocks, id, b) }));
            choose({ part: 'block', id: idOf(b) });
          }}
        />
      </div>
    </nav>
  );
}

/** Fallbacks are shown with the block that has them, when it or they are chosen. */
function visible(rows: Visited[], id: string | null): Visited[] {
  const hidden = new Set<string>();
  return rows.filter((r) => {
    const of = r.slot.in === 'list' ? null : r.slot.of;
    const away = (of !== null && hidden.has(of)) || (r.slot.in === 'fallback' && id !== of && !visit([r.block]).some((v) => idOf(v.block) === id));
    if (away) hidden.add(idOf(r.block));
    return !away;
  });
}

function Part({ icon, label, about, on, onClick }: { icon: ReactNode; label: string; about?: string; on: boolean; onClick: () => void }) {
  return (
    <button type="button" className={css.row} aria-current={on} onClick={onClick}>
      <span className={css.icon}>{icon}</span>
      <span className={css.kind}>{label}</span>
      <span className={css.gist}>{about}</span>
    </button>
  );
}
