import { useDroppable } from '@dnd-kit/core';
import { Fragment, type ReactNode } from 'react';
import { AddCondition } from './AddCondition';
import { useBuilder, useKnown } from './context';
import { append, setKind } from './edit';
import { isGroup, type Draft, type DraftGroup, type GroupKind } from './node';
import { PickChip } from './PickChip';
import { RemarkLines } from './RemarkLines';
import { NodeCount, ProblemLine, RowFrame } from './RowFrame';
import { LeafLine } from './LeafLine';
import css from './condition.module.css';

interface Props {
  group: DraftGroup;
  parent: DraftGroup | null;
  compact?: boolean;
  /** Beside the head of the root. */
  aside?: ReactNode;
}

const kinds: { value: GroupKind; label: string }[] = [
  { value: 'all', label: 'all of' },
  { value: 'any', label: 'any of' },
  { value: 'none', label: 'none of' },
];

const joiners: Record<GroupKind, string> = { all: 'and', any: 'or', none: 'nor' };

/** A group: its head, its rows along a rail, and the place for the next one. */
export function GroupLines({ group, parent, compact, aside }: Props) {
  const { act } = useBuilder();
  const add = (node: Draft) => act((r) => append(r, group.id, node), { id: node.id, part: 'fill' });
  const body = (
    <div className={css.rail} data-kind={group.kind} data-group={group.id} data-root={parent === null || undefined}>
      {group.children.map((child, i) => (
        <Fragment key={child.id}>
          <Gap group={group.id} index={i} />
          {isGroup(child) ? <GroupLines group={child} parent={group} /> : <LeafLine node={child} joiner={i > 0 ? joiners[group.kind] : ''} />}
        </Fragment>
      ))}
      <Gap group={group.id} index={group.children.length} />
      <div className={css.tail} data-tail>
        <AddCondition onAdd={add} />
      </div>
    </div>
  );
  if (parent === null) {
    return (
      <>
        <div className={css.rootHead}>
          <span className={css.words}>
            <RootWords group={group} compact={compact} />
          </span>
          {aside}
          <NodeCount id={group.id} />
        </div>
        <RemarkLines id={group.id} />
        {body}
      </>
    );
  }
  const at = parent.children.indexOf(group);
  return (
    <div className={css.group}>
      <RowFrame node={group} joiner={at > 0 ? joiners[parent.kind] : ''} label="Group">
        <KindChip group={group} />
        <span className={css.plain}>these</span>
      </RowFrame>
      <ProblemLine id={group.id} />
      <RemarkLines id={group.id} />
      {body}
    </div>
  );
}

function RootWords({ group, compact }: { group: DraftGroup; compact?: boolean }) {
  if (group.children.length === 0) return <span className={css.plain}>{compact ? 'Everyone' : 'Everyone. Say what they have in common:'}</span>;
  return (
    <>
      {!compact && <span className={css.plain}>People to whom</span>}
      <KindChip group={group} />
      <span className={css.plain}>{compact ? 'these' : 'these apply'}</span>
    </>
  );
}

function KindChip({ group }: { group: DraftGroup }) {
  const { act } = useBuilder();
  return <PickChip label="How the rows belong together" value={group.kind} choices={kinds} onPick={(k) => act((r) => setKind(r, group.id, k as GroupKind))} look="kind" />;
}

/** Between two rows: where a dragged one would come to lie. */
function Gap({ group, index }: { group: string; index: number }) {
  const { dragged } = useKnown();
  const { setNodeRef, isOver } = useDroppable({ id: `${group} ${index}`, data: { group, index }, disabled: dragged === null });
  return <div ref={setNodeRef} className={css.gap} data-over={isOver || undefined} />;
}
