import type { Branch, RuleRule } from '@/lib/generated/api';

/** A rule with one of its branches changed, or taken away with null. */
export function withBranch(r: RuleRule, index: number, f: (b: Branch) => Branch | null): RuleRule {
  return { ...r, branches: r.branches.flatMap((b, i) => (i === index ? (f(b) ?? []) : [b])) };
}

/** A rule with a branch tried earlier or later, as far as there are others. */
export function moved(r: RuleRule, index: number, by: -1 | 1): RuleRule {
  const branches = [...r.branches];
  const [one] = branches.splice(index, 1);
  if (one) branches.splice(Math.max(0, index + by), 0, one);
  return { ...r, branches };
}

/** A rule inside of a branch instead of a choice; what it chose becomes what the inner rule chooses otherwise. */
export function nested({ choose, ...b }: Branch, first: Branch): Branch {
  return { ...b, then: { branches: [first], ...(choose ? { default: choose } : {}) } };
}

/** A choice again instead of a rule inside. */
export function flat({ then, ...b }: Branch): Branch {
  return { ...b, choose: then?.default ?? then?.branches.find((x) => x.choose)?.choose ?? '' };
}

/** A rule with what it chooses otherwise; null chooses nothing. */
export function otherwise({ default: _, ...r }: RuleRule, choice: string | null): RuleRule {
  return choice ? { ...r, default: choice } : r;
}
