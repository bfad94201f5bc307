import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { moved, newBranch, type DraftRule } from '../draft';
import { BranchRow } from './BranchRow';
import { ChoiceInput } from './ChoiceInput';
import { useEditedRule } from './context';
import { Reached } from './Reached';
import css from './editor.module.css';

interface Props {
  rule: DraftRule;
  /** "" for the rule itself, "branches[0].then." for one inside. */
  path: string;
  /** The branch that holds the rule; nothing for the rule itself. */
  owner?: string;
}

/** Branches in their order, and what is chosen when none of them applies. */
export function BranchList({ rule, path, owner }: Props) {
  const { setRule, change, counted, count } = useEditedRule();
  const [added, setAdded] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const write = (f: (r: DraftRule) => DraftRule) => (owner === undefined ? setRule(f) : change(owner, (b) => (b.then ? { ...b, then: f(b.then) } : b)));
  const add = () => {
    const branch = newBranch();
    setAdded(branch.id);
    write((r) => ({ ...r, branches: [...r.branches, branch] }));
  };
  const byDefault = owner === undefined ? (count.data ? { reached: count.data.defaulted, chosen: count.data.defaulted } : undefined) : counted(`${path}default`);
  return (
    <div className={css.list} data-nested={owner !== undefined || undefined}>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={({ active, over }) => {
          const to = rule.branches.findIndex((b) => b.id === over?.id);
          if (to >= 0) setRule((r) => moved(r, String(active.id), () => to));
        }}
      >
        <SortableContext items={rule.branches.map((b) => b.id)} strategy={verticalListSortingStrategy}>
          {rule.branches.map((b, i) => (
            <BranchRow key={b.id} branch={b} path={`${path}branches[${i}]`} number={i + 1} fresh={added === b.id} />
          ))}
        </SortableContext>
      </DndContext>
      <div className={css.add}>
        <button type="button" className={css.quiet} onClick={add}>
          <IconPlus size={14} /> branch
        </button>
      </div>
      <div className={css.otherwise}>
        <span className={css.word}>{owner === undefined ? 'otherwise' : 'of these, otherwise'}</span>
        <span className={css.arrow}>→</span>
        <ChoiceInput label="What is chosen otherwise" value={rule.default} placeholder={owner === undefined ? 'nothing' : 'go on with the next branch'} onChange={(d) => write((r) => ({ ...r, default: d }))} />
        <Reached counted={byDefault} />
      </div>
    </div>
  );
}
