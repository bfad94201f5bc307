import { ActionIcon, Tooltip } from '@mantine/core';
import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { ErrorState } from '@/components/states/ErrorState';
import { BuilderContext, KnownContext, type Builder, type FocusWish, type Known } from './context';
import type { Counts } from './counts';
import type { ConditionDraft, Edit } from './draft';
import { nearestGap } from './drag';
import { duplicate, inOrder, moveBy, moveTo, negate, placeOf, remove, setLeaf, wrap } from './edit';
import { GroupLines } from './GroupLines';
import { commandOf, spotOf, type Command } from './keyboard';
import type { Leaf } from './node';
import { noVocabulary, useVocabulary } from './vocabulary';
import { useWarnings } from './warnings';
import css from './condition.module.css';

interface Props {
  draft: ConditionDraft;
  /** Of the same draft: pages show the whole's count themselves. */
  counts: Counts;
  /** The slug of the segment that is edited; a segment is not built of itself. */
  self?: string;
  /** What the words are about, for the ear: "Condition". */
  label?: string;
  /** Without the sentence at its head, for places with little room. */
  compact?: boolean;
}

/**
 * Builds a condition as a sentence of rows. Every part is reached by keyboard:
 * Tab goes through the words, arrows through the rows; see keyboard.ts.
 */
export function ConditionBuilder({ draft, counts, self, label = 'Condition', compact }: Props) {
  const vocabulary = useVocabulary();
  const ref = useRef<HTMLDivElement>(null);
  const [wish, setWish] = useState<FocusWish | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const { edit, root } = draft;
  const act = useCallback(
    (f: Edit, next?: FocusWish) => {
      edit(f);
      if (next) setWish(next);
    },
    [edit],
  );
  const change = useCallback((id: string, leaf: Leaf, tag?: string) => edit((r) => setLeaf(r, id, leaf), tag && `${id} ${tag}`), [edit]);
  useEffect(() => {
    if (wish && ref.current) {
      fulfil(wish, ref.current);
      setWish(null);
    }
  }, [wish]);
  const remarks = useWarnings(root, counts);
  const newest = useRef(root);
  useEffect(() => {
    newest.current = root;
  }, [root]);
  const builder = useMemo<Builder>(() => ({ vocabulary: vocabulary.data ?? noVocabulary, root: () => newest.current, act, setLeaf: change, self }), [vocabulary.data, act, change, self]);
  const known = useMemo<Known>(() => ({ counts, remarks, dragged }), [counts, remarks, dragged]);
  const onKey = (e: KeyboardEvent<HTMLDivElement>) => {
    const target = e.target as HTMLElement;
    // Keys in a list that hangs over the page are the list's.
    if (!e.currentTarget.contains(target) || target.closest('[data-overlay]') || e.nativeEvent.isComposing) return;
    if (target.getAttribute('aria-expanded') === 'true' && e.key === 'Escape') return;
    const command = commandOf(e.nativeEvent, spotOf(target));
    const own = target.closest<HTMLElement>('[data-row]');
    // The lines below a row are its details: they move with it, but are no reason to delete it.
    const row = own ?? (command === 'delete' ? null : (target.closest('[data-leaf]')?.querySelector<HTMLElement>('[data-row]') ?? null));
    if (!command || !perform(command, row, draft, act, e.currentTarget)) return;
    e.preventDefault();
    e.stopPropagation();
  };
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  if (vocabulary.error) return <ErrorState error={vocabulary.error} title="What conditions are built from could not be read" onRetry={() => void vocabulary.refetch()} />;
  return (
    <BuilderContext value={builder}>
      <KnownContext value={known}>
      <DndContext
        sensors={sensors}
        collisionDetection={nearestGap}
        onDragStart={(e) => setDragged(String(e.active.id))}
        onDragCancel={() => setDragged(null)}
        onDragEnd={(e) => {
          setDragged(null);
          const gap = e.over?.data.current as { group: string; index: number } | undefined;
          if (gap) act((r) => moveTo(r, String(e.active.id), gap.group, gap.index), { id: String(e.active.id), part: 'row' });
        }}
      >
        <div ref={ref} className={css.builder} data-compact={compact || undefined} role="group" aria-label={label} tabIndex={-1} onKeyDown={onKey}>
          <GroupLines group={root} parent={null} compact={compact} aside={<UndoButtons draft={draft} />} />
        </div>
        <DragOverlay dropAnimation={null}>{dragged && <div className={css.overlay}>Move the condition</div>}</DragOverlay>
      </DndContext>
      </KnownContext>
    </BuilderContext>
  );
}

function UndoButtons({ draft }: { draft: ConditionDraft }) {
  return (
    <span className={css.undo}>
      <Tooltip label="Undo (Ctrl Z)">
        <ActionIcon size={24} aria-label="Undo" disabled={!draft.canUndo} onClick={draft.undo}>
          <IconArrowBackUp size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl Shift Z)">
        <ActionIcon size={24} aria-label="Redo" disabled={!draft.canRedo} onClick={draft.redo}>
          <IconArrowForwardUp size={15} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

/** Moves the keyboard to a row, or opens the first of its words that says nothing yet. */
function fulfil(wish: FocusWish, builder: HTMLElement) {
  if (wish.part === 'stay') {
    if (!builder.contains(document.activeElement)) builder.focus();
    return;
  }
  const row = builder.querySelector<HTMLElement>(`[data-row="${wish.id}"]`);
  const empty = wish.part === 'fill' ? row?.parentElement?.querySelector<HTMLElement>('[data-unfilled], [data-group]:not(:has([data-row])) [data-add] button') : null;
  (empty ?? row)?.focus();
  if (empty instanceof HTMLButtonElement) empty.click();
  row?.scrollIntoView?.({ block: 'nearest' });
}

/** Does a command; false when there is nothing it could be done to. */
function perform(command: Command, row: HTMLElement | null, draft: ConditionDraft, act: Builder['act'], builder: HTMLElement): boolean {
  if (command === 'undo' || command === 'redo') {
    draft[command]();
    act((r) => r, { id: '', part: 'stay' }); // the row that has the keyboard may go
    return true;
  }
  const id = row?.dataset.row;
  if (!row || id === undefined) return false;
  const here: FocusWish = { id, part: 'row' };
  const rows = [...builder.querySelectorAll<HTMLElement>('[data-row]')];
  const beside = (by: number) => rows[rows.indexOf(row) + by];
  switch (command) {
    case 'duplicate': {
      const made = duplicate(draft.root, id);
      act(() => made.root, { id: made.id, part: 'row' });
      return true;
    }
    case 'wrap':
      act((r) => wrap(r, id), here);
      return true;
    case 'negate':
      act((r) => negate(r, id), here);
      return true;
    case 'up':
    case 'down':
      act((r) => moveBy(r, id, command === 'up' ? -1 : 1), here);
      return true;
    case 'delete':
      act((r) => remove(r, id), neighbour(draft, id));
      return true;
    case 'add':
      row.closest('[data-group]')?.querySelector<HTMLElement>(':scope > [data-tail] [data-add] button')?.click();
      return true;
    case 'previous':
    case 'next':
      beside(command === 'previous' ? -1 : 1)?.focus();
      return true;
    case 'row':
      row.focus();
      return true;
  }
}

/** The row that has the keyboard once another is gone. */
function neighbour(draft: ConditionDraft, id: string): FocusWish | undefined {
  const place = placeOf(draft.root, id);
  const next = place?.parent.children[place.index + 1] ?? place?.parent.children[place.index - 1];
  const other = next ?? inOrder(draft.root).find((d) => d.id !== id && d.id !== place?.parent.id);
  return other && { id: other.id, part: 'row' };
}
