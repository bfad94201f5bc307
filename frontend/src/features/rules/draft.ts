import { newId, readCondition, type Condition } from '@/components/condition/node';

/** A rule as it is edited: each branch with an id, so that it keeps what is open in it while it moves. */
export interface DraftRule {
  branches: DraftBranch[];
  default: string;
}

export interface DraftBranch {
  id: string;
  name: string;
  when: Condition;
  choose: string;
  then: DraftRule | null;
}

/** A rule as the program reads it. */
export interface RuleJson {
  branches: BranchJson[];
  default?: string;
}

export interface BranchJson {
  name?: string;
  when: Condition;
  choose?: string;
  then?: RuleJson;
}

export function draftOf(json: unknown): DraftRule {
  const r = (typeof json === 'object' && json !== null ? json : {}) as { branches?: unknown; default?: unknown };
  const branches = Array.isArray(r.branches) ? r.branches : [];
  return { branches: branches.map(branchOf), default: typeof r.default === 'string' ? r.default : '' };
}

function branchOf(json: unknown): DraftBranch {
  const b = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  return {
    id: newId(),
    name: typeof b.name === 'string' ? b.name : '',
    when: readCondition(b.when) ?? { kind: 'everyone' },
    choose: typeof b.choose === 'string' ? b.choose : '',
    then: b.then ? draftOf(b.then) : null,
  };
}

export function newBranch(): DraftBranch {
  return { id: newId(), name: '', when: { kind: 'everyone' }, choose: '', then: null };
}

export function jsonOf(r: DraftRule): RuleJson {
  return {
    branches: r.branches.map((b) => ({
      ...(b.name.trim() === '' ? {} : { name: b.name.trim() }),
      when: b.when,
      ...(b.then ? { then: jsonOf(b.then) } : b.choose.trim() === '' ? {} : { choose: b.choose.trim() }),
    })),
    ...(r.default.trim() === '' ? {} : { default: r.default.trim() }),
  };
}

/** A branch changed in place, or taken away with null, however deep it is. */
export function withBranch(r: DraftRule, id: string, f: (b: DraftBranch) => DraftBranch | null): DraftRule {
  return {
    ...r,
    branches: r.branches.flatMap((b) => {
      if (b.id === id) return f(b) ?? [];
      return [b.then ? { ...b, then: withBranch(b.then, id, f) } : b];
    }),
  };
}

/** The branch moved by so many places among those beside it, as far as there are any. */
export function moved(r: DraftRule, id: string, to: (index: number) => number): DraftRule {
  const index = r.branches.findIndex((b) => b.id === id);
  const branch = r.branches[index];
  if (!branch) return { ...r, branches: r.branches.map((b) => (b.then ? { ...b, then: moved(b.then, id, to) } : b)) };
  const target = Math.min(r.branches.length - 1, Math.max(0, to(index)));
  const rest = r.branches.filter((b) => b.id !== id);
  return { ...r, branches: [...rest.slice(0, target), branch, ...rest.slice(target)] };
}

/** A rule inside of a branch instead of a choice; what it chose becomes its default. */
export function nested(b: DraftBranch): DraftBranch {
  return { ...b, choose: '', then: { branches: [newBranch()], default: b.choose } };
}

/** A choice again instead of a rule inside. */
export function flat(b: DraftBranch): DraftBranch {
  return { ...b, choose: b.then?.default ?? '', then: null };
}

/** Every label that the rule can choose, in the order in which they come. */
export function choicesOf(r: DraftRule): string[] {
  const all = r.branches.flatMap((b) => (b.then ? choicesOf(b.then) : [b.choose.trim()]));
  return [...new Set([...all, r.default.trim()])].filter(Boolean);
}

/** What keeps a rule from being applied, in words; "" when nothing does. Conditions are judged by the program. */
export function unfinished(r: DraftRule): string {
  if (r.branches.length === 0) return 'Add a branch first.';
  for (const b of r.branches) {
    if (!b.then && b.choose.trim() === '') return b.name ? `Say what “${b.name}” chooses.` : 'Say what each branch chooses.';
    const inner = b.then ? unfinished(b.then) : '';
    if (inner !== '') return inner;
  }
  return '';
}
