import { createContext, use } from 'react';
import type { Block, BranchCount, RuleCount } from '@/lib/generated/api';
import { useRule, useRuleCount } from '../api';

/** How everybody is shared out by the rule of the choice that is edited; nothing while it is not known. */
export const Shares = createContext<RuleCount | undefined>(undefined);

/** Counts for a choice, by its own rule or by the shared one that it names. */
export function useSharesOf(block: Block): RuleCount | undefined {
  const shared = useRule(block.rule_slug ?? '').data?.rule;
  return useRuleCount(block.rule_slug ? shared : block.rule);
}

/** Who comes to a branch and whom it takes. */
export function useBranchCount(path: string): BranchCount | undefined {
  return use(Shares)?.branches.find((b) => b.path === path);
}

/** How many of everybody get each variant; a variant that is not in it is never chosen. */
export function byVariant(shares: RuleCount, whenNothing: string | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, n: number) => name !== '' && found.set(name, (found.get(name) ?? 0) + n);
  for (const b of shares.branches) add(b.choose, b.chosen);
  if (whenNothing) add(whenNothing, shares.defaulted);
  return found;
}
