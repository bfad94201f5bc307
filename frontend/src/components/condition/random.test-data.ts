import { newId, type Draft, type DraftGroup, type GroupKind, type SegmentLeaf } from './node';

/** A source of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const kinds: GroupKind[] = ['all', 'any', 'none'];

/** A tree of memberships: of those it is known by hand whether they hold. */
export function someTree(next: () => number, depth = 3): DraftGroup {
  const children: Draft[] = Array.from({ length: 1 + Math.floor(next() * 3) }, () => {
    if (depth > 0 && next() < 0.4) return someTree(next, depth - 1);
    return { id: newId(), leaf: { kind: 'segment', segment: `s${Math.floor(next() * 6)}`, op: next() < 0.3 ? 'not_in' : 'in' } };
  });
  return { id: newId(), kind: kinds[Math.floor(next() * 3)] ?? 'all', children };
}

/** Whether a tree of memberships holds for somebody who is in these segments. */
export function holds(d: Draft, member: ReadonlySet<string>): boolean {
  if ('leaf' in d) {
    const { segment, op } = d.leaf as SegmentLeaf;
    return member.has(segment) === (op !== 'not_in');
  }
  if (d.kind === 'all') return d.children.every((c) => holds(c, member));
  const some = d.children.some((c) => holds(c, member));
  return d.kind === 'any' ? some : !some;
}

/** Every set of the six segments. */
export const people: ReadonlySet<string>[] = Array.from({ length: 64 }, (_, bits) => new Set(Array.from({ length: 6 }, (_, i) => `s${i}`).filter((_, i) => bits & (1 << i))));
