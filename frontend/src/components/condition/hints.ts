import type { Vocabulary } from '@/lib/generated/api';
import type { DraftGroup, Leaf } from './node';
import { holdsWhenUnset } from './negate';
import { plainUnit } from './words';

/** Something that is true of a condition and that people do not expect, and the row that changes it. */
export interface Hint {
  text: string;
  offer: string;
  also: Leaf;
}

const knownSince = 'contact.created_at';

/** What is said beside a row; nothing where the rows beside it say it already. */
export function hintOf(leaf: Leaf, parent: DraftGroup, v: Vocabulary): Hint | null {
  const hint = leaf.kind === 'attribute' ? unsetHint(leaf.attribute, leaf.op, v) : leaf.kind === 'event' ? newcomersHint(leaf, v) : null;
  return hint && !said(hint.also, parent) ? hint : null;
}

function unsetHint(attribute: string, op: string | undefined, v: Vocabulary): Hint | null {
  const filled = v.attributes.find((a) => a.name === attribute)?.filled;
  if (!holdsWhenUnset(op) || filled === undefined || attribute.startsWith('contact.') || attribute === 'email') return null;
  return { text: 'Also people without a value', offer: 'and is set', also: { kind: 'attribute', attribute, op: 'is_set' } };
}

function newcomersHint(leaf: Extract<Leaf, { kind: 'event' }>, v: Vocabulary): Hint | null {
  const { last, unit } = leaf.window ?? {};
  const never = (leaf.measure ?? 'count') === 'count' && leaf.op === 'eq' && leaf.value === 0;
  if (!never || !last || !unit || !v.attributes.some((a) => a.name === knownSince)) return null;
  const time = `${last} ${plainUnit(unit, last)}`;
  return {
    text: `Also people known for less than ${time}`,
    offer: `and known for at least ${time}`,
    also: { kind: 'attribute', attribute: knownSince, op: 'not_in_last', value: last, unit },
  };
}

function said(also: Leaf, parent: DraftGroup): boolean {
  const text = JSON.stringify(also, Object.keys(also).sort());
  return parent.kind === 'all' && parent.children.some((c) => 'leaf' in c && JSON.stringify(c.leaf, Object.keys(also).sort()) === text);
}
