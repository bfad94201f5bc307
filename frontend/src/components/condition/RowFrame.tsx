import { ActionIcon, Menu } from '@mantine/core';
import { useDraggable } from '@dnd-kit/core';
import { IconDots, IconGripVertical } from '@tabler/icons-react';
import { memo, useState, type ReactNode } from 'react';
import { Count } from '@/components/count/Count';
import { Keys } from '@/components/kbd/Keys';
import { useBuilder, useKnown } from './context';
import { duplicate, moveBy, negate, remove, unwrap, wrap } from './edit';
import { isGroup, type Draft } from './node';
import css from './condition.module.css';

interface Props {
  node: Draft;
  joiner: string;
  label: string;
  children: ReactNode;
}

/** A row: what joins it to the one before, its words, its menu and its count. */
export function RowFrame({ node, joiner, label, children }: Props) {
  const { dragged } = useKnown();
  const { setNodeRef, listeners } = useDraggable({ id: node.id });
  return (
    <div ref={setNodeRef} className={css.row} data-row={node.id} data-dragged={dragged === node.id || undefined} role="group" aria-label={label} tabIndex={0}>
      <span className={css.grip} {...listeners} aria-hidden>
        <IconGripVertical size={14} />
      </span>
      <span className={css.join}>{joiner}</span>
      <div className={css.words}>{children}</div>
      <RowMenu node={node} />
      <NodeCount id={node.id} />
    </div>
  );
}

/** The count of one node, with its share as a thin line. */
export function NodeCount({ id }: { id: string }) {
  const { counts } = useKnown();
  const n = counts.byId.get(id);
  const part = n !== undefined && n >= 0 && counts.total ? n / counts.total : undefined;
  return (
    <span className={css.count}>
      <Count value={n} stale={counts.stale} />
      <span className={css.bar} data-none={part === undefined || undefined}>
        <span style={{ transform: `scaleX(${part ?? 0})` }} />
      </span>
    </span>
  );
}

/** What is wrong or unfinished in a row, in words. */
export function ProblemLine({ id }: { id: string }) {
  const { counts } = useKnown();
  const problems = counts.problems.get(id);
  if (!problems) return null;
  return (
    <div className={css.problem} role="status">
      {problems.map((p) => p.charAt(0).toUpperCase() + p.slice(1)).join('. ')}
    </div>
  );
}

const RowMenu = memo(function RowMenu({ node }: { node: Draft }) {
  const { act, root } = useBuilder();
  const { id } = node;
  const here = { id, part: 'row' as const };
  const items: { label: string; keys?: string; run: () => void }[] = [
    { label: 'Say the opposite', keys: 'mod+i', run: () => act((r) => negate(r, id), here) },
    { label: 'Put in a group', keys: 'mod+g', run: () => act((r) => wrap(r, id), here) },
    ...(isGroup(node) ? [{ label: 'Take the group apart', run: () => act((r) => unwrap(r, id)) }] : []),
    {
      label: 'Duplicate',
      keys: 'mod+d',
      run: () => {
        const made = duplicate(root(), id);
        act(() => made.root, { id: made.id, part: 'row' });
      },
    },
    { label: 'Move up', keys: 'alt+arrowup', run: () => act((r) => moveBy(r, id, -1), here) },
    { label: 'Move down', keys: 'alt+arrowdown', run: () => act((r) => moveBy(r, id, 1), here) },
    { label: 'Remove', keys: 'delete', run: () => act((r) => remove(r, id)) },
  ];
  // A menu is made for a row when it is first wanted: there may be hundreds.
  const [wanted, setWanted] = useState(false);
  const dots = (
    <ActionIcon size={24} className={css.more} aria-label="What to do with this row" aria-haspopup="menu" tabIndex={-1} onClick={wanted ? undefined : () => setWanted(true)}>
      <IconDots size={15} />
    </ActionIcon>
  );
  if (!wanted) return dots;
  return (
    <Menu position="bottom-end" width={230} defaultOpened>
      <Menu.Target>{dots}</Menu.Target>
      <Menu.Dropdown data-overlay>
        {items.map((i) => (
          <Menu.Item key={i.label} onClick={i.run} rightSection={i.keys && <Keys keys={i.keys} />}>
            {i.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});
