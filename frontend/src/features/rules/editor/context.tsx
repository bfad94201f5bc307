import { createContext, use } from 'react';
import type { useRuleCount } from '../api';
import { withBranch, type DraftBranch, type DraftRule } from '../draft';

interface Edited {
  rule: DraftRule;
  setRule: (f: (r: DraftRule) => DraftRule) => void;
  count: ReturnType<typeof useRuleCount>;
}

/** The rule whose branches are drawn. */
export const EditedRule = createContext<Edited | null>(null);

export function useEditedRule() {
  const e = use(EditedRule);
  if (!e) throw new Error('branches are drawn outside of a rule');
  return {
    ...e,
    change: (id: string, f: (b: DraftBranch) => DraftBranch | null) => e.setRule((r) => withBranch(r, id, f)),
    /** How many people reach a branch and are chosen by it. */
    counted: (path: string) => e.count.data?.branches.find((b) => b.path === path),
  };
}
