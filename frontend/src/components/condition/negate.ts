import type { EventLeaf, Leaf } from './node';

const opposites: [string, string][] = [
  ['is', 'is_not'],
  ['contains', 'not_contains'],
  ['in', 'not_in'],
  ['is_set', 'is_unset'],
  ['eq', 'ne'],
  ['in_last', 'not_in_last'],
  ['has', 'has_not'],
];

function opposite(op: string | undefined, pairs = opposites): string | undefined {
  const pair = pairs.find((p) => op !== undefined && p.includes(op));
  return pair && (pair[0] === op ? pair[1] : pair[0]);
}

/** Ops that are opposites only where there always is a number. */
const compared: [string, string][] = [
  ['eq', 'ne'],
  ['lt', 'gte'],
  ['lte', 'gt'],
];

/**
 * The exact opposite of a leaf as a leaf; undefined where the language has none
 * and a "none of" must stand around it. "Less than" and "at least" are no
 * opposites for an attribute: somebody without a value is neither.
 */
export function negatedLeaf(leaf: Leaf): Leaf | undefined {
  switch (leaf.kind) {
    case 'segment':
      return { ...leaf, op: leaf.op === 'not_in' ? 'in' : 'not_in' };
    case 'consent':
      return { ...leaf, op: leaf.op === 'not_granted' ? 'granted' : 'not_granted' };
    case 'attribute': {
      const op = opposite(leaf.op);
      return op ? { ...leaf, op } : undefined;
    }
    case 'event':
      return negatedEvent(leaf);
    default:
      return undefined;
  }
}

function negatedEvent(leaf: EventLeaf): EventLeaf | undefined {
  const measure = leaf.measure ?? 'count';
  if (measure === 'count' && leaf.op === undefined) return { ...leaf, op: 'eq', value: 0 };
  if (measure === 'count' && leaf.op === 'eq' && leaf.value === 0) {
    const { op: _op, value: _value, ...once } = leaf;
    return once;
  }
  // A count, a sum and a number of different things are always there, at least as 0.
  const always = measure === 'count' || measure === 'sum' || measure === 'distinct';
  const op = always ? opposite(leaf.op, compared) : opposite(leaf.op, [['eq', 'ne']]);
  return op ? { ...leaf, op } : undefined;
}
