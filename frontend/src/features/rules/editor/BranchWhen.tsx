import { useEffect, useRef } from 'react';
import { ConditionBuilder } from '@/components/condition/ConditionBuilder';
import { useCounts } from '@/components/condition/counts';
import { useConditionDraft } from '@/components/condition/draft';
import type { Condition } from '@/components/condition/node';
import type { DraftBranch } from '../draft';
import css from './editor.module.css';

/** The condition of a branch. Its counts are of everybody, whoever comes to the branch. */
export function BranchWhen({ branch, onChange }: { branch: DraftBranch; onChange: (when: Condition) => void }) {
  const draft = useConditionDraft(branch.when);
  const counts = useCounts(draft.root);
  const newest = useRef(onChange);
  useEffect(() => {
    newest.current = onChange;
  });
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else newest.current(draft.condition);
  }, [draft.condition]);
  return (
    <div className={css.when}>
      <ConditionBuilder draft={draft} counts={counts} compact label={`When ${branch.name || 'the branch'} is taken`} />
    </div>
  );
}
