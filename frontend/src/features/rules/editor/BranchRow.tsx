import { ActionIcon, Menu } from '@mantine/core';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconChevronDown, IconChevronRight, IconDots, IconGripVertical } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { asSentence, useSentence } from '@/components/condition/sentence';
import { Keys } from '@/components/kbd/Keys';
import { said } from '@/components/toast/toast';
import { flat, moved, nested, newBranch, type DraftBranch } from '../draft';
import { BranchList } from './BranchList';
import { BranchWhen } from './BranchWhen';
import { ChoiceInput } from './ChoiceInput';
import { useEditedRule } from './context';
import { Reached } from './Reached';
import css from './editor.module.css';

interface Props {
  branch: DraftBranch;
  path: string;
  number: number;
  /** Just added: opened, with the keyboard in its name. */
  fresh: boolean;
}

/** A branch: its name, when it is taken, and what it chooses. */
export function BranchRow({ branch, path, number, fresh }: Props) {
  const { change, setRule, counted } = useEditedRule();
  const [open, setOpen] = useState(fresh || branch.when.kind === 'everyone');
  const sort = useSortable({ id: branch.id });
  const move = (by: number) => setRule((r) => moved(r, branch.id, (i) => i + by));
  const set = (part: Partial<DraftBranch>) => change(branch.id, (b) => ({ ...b, ...part }));
  const onKey = (e: KeyboardEvent) => {
    const by = e.altKey ? { ArrowUp: -1, ArrowDown: 1 }[e.key] : undefined;
    if (by === undefined) return;
    e.preventDefault();
    move(by);
  };
  return (
    <section ref={sort.setNodeRef} className={css.branch} data-dragged={sort.isDragging || undefined} style={{ transform: CSS.Translate.toString(sort.transform), transition: sort.transition }} aria-label={branch.name || `Branch ${number}`}>
      <div className={css.head} onKeyDown={onKey}>
        <span className={css.grip} {...sort.listeners} aria-hidden>
          <IconGripVertical size={14} />
        </span>
        <button type="button" className={css.fold} aria-expanded={open} aria-label={`${open ? 'Fold' : 'Unfold'} the condition of ${branch.name || `branch ${number}`}`} onClick={() => setOpen(!open)}>
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </button>
        <span className={css.number} aria-hidden>
          {number}
        </span>
        <input className={css.branchName} aria-label={`Name of branch ${number}`} value={branch.name} placeholder="Name this branch" onChange={(e) => set({ name: e.currentTarget.value })} autoFocus={fresh} spellCheck={false} autoComplete="off" />
        <BranchMenu branch={branch} onMove={move} />
        {branch.then === null && <ArrowTo branch={branch} onChoose={(choose) => set({ choose })} />}
        <Reached counted={counted(path)} />
      </div>
      {open ? <BranchWhen branch={branch} onChange={(when) => set({ when })} /> : <Says branch={branch} onOpen={() => setOpen(true)} />}
      {branch.then && <BranchList rule={branch.then} path={`${path}.then.`} owner={branch.id} />}
    </section>
  );
}

function ArrowTo({ branch, onChoose }: { branch: DraftBranch; onChoose: (choose: string) => void }) {
  return (
    <>
      <span className={css.arrow}>→</span>
      <ChoiceInput label={`What ${branch.name || 'the branch'} chooses`} value={branch.choose} placeholder="chooses…" onChange={onChoose} missing={branch.choose === ''} />
    </>
  );
}

/** The condition of a folded branch, in words. */
function Says({ branch, onOpen }: { branch: DraftBranch; onOpen: () => void }) {
  const sentence = useSentence(branch.when);
  return (
    <button type="button" className={css.says} onClick={onOpen}>
      {asSentence(sentence.data ?? '') || ' '}
    </button>
  );
}

function BranchMenu({ branch, onMove }: { branch: DraftBranch; onMove: (by: number) => void }) {
  const { change, setRule, rule } = useEditedRule();
  const remove = () => {
    const before = rule;
    change(branch.id, () => null);
    said(`${branch.name ? `“${branch.name}”` : 'The branch'} is removed.`, () => setRule(() => before));
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size={24} className={css.more} aria-label={`What to do with ${branch.name || 'this branch'}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {branch.then ? (
          <>
            <Menu.Item onClick={() => change(branch.id, (b) => (b.then ? { ...b, then: { ...b.then, branches: [...b.then.branches, newBranch()] } } : b))}>Add a branch inside</Menu.Item>
            <Menu.Item onClick={() => change(branch.id, flat)}>Choose one thing instead</Menu.Item>
          </>
        ) : (
          <Menu.Item onClick={() => change(branch.id, nested)}>Choose among more inside</Menu.Item>
        )}
        <Menu.Item rightSection={<Keys keys="alt+arrowup" />} onClick={() => onMove(-1)}>
          Move up
        </Menu.Item>
        <Menu.Item rightSection={<Keys keys="alt+arrowdown" />} onClick={() => onMove(1)}>
          Move down
        </Menu.Item>
        <Menu.Item onClick={remove}>Remove</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
