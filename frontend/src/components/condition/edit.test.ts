import { describe, expect, it } from 'vitest';
import { andAlso, duplicate, find, inOrder, insertAfter, moveBy, moveTo, negate, placeOf, remove, setKind, unwrap, wrap } from './edit';
import { conditionOf, countedOf, idsByPath, isGroup, newId, ownerOf, rootOf, savedOf, type Condition, type Draft, type DraftGroup } from './node';
import { holds, numbers, people, someTree } from './random.test-data';

const seeds = Array.from({ length: 150 }, (_, i) => i + 1);

function* edits() {
  for (const seed of seeds) {
    const next = numbers(seed);
    const root = someTree(next);
    const all = inOrder(root);
    const node = all[Math.floor(next() * all.length)];
    if (node) yield { seed, next, root, node, all };
  }
}

const leaves = (d: Draft): string[] => (isGroup(d) ? d.children.flatMap(leaves) : [JSON.stringify(d.leaf)]);
const answers = (d: Draft) => people.map((p) => holds(d, p));
const noEmptyGroup = (root: DraftGroup) => inOrder(root).every((d) => !isGroup(d) || d.children.length > 0);

describe('an edit of any tree', () => {
  it('leaves the tree before as it was', () => {
    for (const { root, node } of edits()) {
      const before = JSON.stringify(root);
      negate(root, node.id);
      remove(root, node.id);
      wrap(root, node.id);
      duplicate(root, node.id);
      moveBy(root, node.id, 1);
      expect(JSON.stringify(root)).toBe(before);
    }
  });

  it('that negates says the exact opposite, and twice the same again', () => {
    for (const { root, node } of edits()) {
      const once = negate(root, root.id);
      expect(answers(once)).toEqual(answers(root).map((a) => !a));
      const opposite = negate({ id: newId(), kind: 'all', children: [node] }, node.id);
      expect(answers(opposite)).toEqual(answers(node).map((a) => !a));
      expect(answers(negate(once, once.id))).toEqual(answers(root));
    }
  });

  it('that wraps changes nothing for any or all, and unwrapping gives the tree back', () => {
    for (const { root, node } of edits()) {
      for (const kind of ['any', 'all'] as const) {
        const wrapped = wrap(root, node.id, kind);
        expect(answers(wrapped)).toEqual(answers(root));
        const around = placeOf(wrapped, node.id)?.parent;
        expect(around?.kind).toBe(kind);
        expect(conditionOf(unwrap(wrapped, around?.id ?? ''))).toEqual(conditionOf(root));
      }
    }
  });

  it('that moves keeps every condition and leaves no empty group', () => {
    for (const { root, node, all, next } of edits()) {
      const groups = [root, ...all.filter(isGroup)];
      const to = groups[Math.floor(next() * groups.length)] ?? root;
      for (const made of [moveBy(root, node.id, 1), moveBy(root, node.id, -1), moveTo(root, node.id, to.id, Math.floor(next() * (to.children.length + 1)))]) {
        expect(leaves(made).toSorted()).toEqual(leaves(root).toSorted());
        expect(noEmptyGroup(made)).toBe(true);
      }
    }
  });

  it('that removes takes what is below and the groups that are left empty', () => {
    for (const { root, node } of edits()) {
      const made = remove(root, node.id);
      expect(find(made, node.id)).toBeUndefined();
      expect(leaves(made)).toHaveLength(leaves(root).length - leaves(node).length);
      expect(noEmptyGroup(made)).toBe(true);
    }
  });

  it('that duplicates has every id once', () => {
    for (const { root, node } of edits()) {
      const made = duplicate(root, node.id);
      const ids = inOrder(made.root).map((d) => d.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(leaves(made.root)).toHaveLength(leaves(root).length + leaves(node).length);
      expect(placeOf(made.root, made.id)?.index).toBe((placeOf(root, node.id)?.index ?? 0) + 1);
    }
  });

  it('that says "and" is true for those of the row who are that too', () => {
    const also = { kind: 'segment', segment: 's0', op: 'in' } as const;
    for (const { node } of edits()) {
      for (const kind of ['all', 'any'] as const) {
        const root: DraftGroup = { id: newId(), kind, children: [node] };
        expect(answers(andAlso(root, node.id, also))).toEqual(people.map((p) => holds(node, p) && p.has('s0')));
      }
    }
  });

  it('is saved so that it says the same', () => {
    for (const { root } of edits()) expect(answers(rootOf(savedOf(root)))).toEqual(answers(root));
  });
});

const leaf = (segment: string): Draft => ({ id: segment, leaf: { kind: 'segment', segment, op: 'in' } });
const group = (id: string, ...children: Draft[]): DraftGroup => ({ id, kind: 'all', children });
const drawn = (d: Draft): string => (isGroup(d) ? `(${d.children.map(drawn).join(' ')})` : d.id);

describe('moving by the keyboard', () => {
  const root = group('r', leaf('a'), group('g', leaf('b'), leaf('c')), leaf('d'));
  it.each([
    ['down into a group', 'a', 1, '((a b c) d)'],
    ['up into the end of a group', 'd', -1, '(a (b c d))'],
    ['up within its group', 'c', -1, '(a (c b) d)'],
    ['up and out of its group', 'b', -1, '(a b (c) d)'],
    ['down and out of its group', 'c', 1, '(a (b) c d)'],
    ['a whole group', 'g', 1, '(a d (b c))'],
    ['not beyond the first', 'a', -1, '(a (b c) d)'],
  ] as const)('%s', (_, id, by, want) => expect(drawn(moveBy(root, id, by))).toBe(want));

  it('is no way into oneself', () => expect(moveTo(root, 'g', 'g', 0)).toBe(root));
  it('puts a new row after another', () => expect(drawn(insertAfter(root, 'b', leaf('x')))).toBe('(a (b x c) d)'));
  it('changes what a group means', () => expect(setKind(root, 'g', 'none').children[1]).toMatchObject({ id: 'g', kind: 'none' }));
});

describe('reading and writing', () => {
  it('everyone is an empty tree, and an empty tree everyone', () => {
    expect(rootOf({ kind: 'everyone' }).children).toEqual([]);
    expect(countedOf(rootOf(null))).toEqual({ kind: 'everyone' });
    expect(savedOf(rootOf(null))).toEqual({ kind: 'everyone' });
  });

  it('one row is saved bare, but none of one is not', () => {
    const one: Condition = { kind: 'segment', segment: 'vip', op: 'in' };
    expect(savedOf(rootOf({ kind: 'any', children: [{ kind: 'all', children: [one] }] }))).toEqual(one);
    expect(savedOf(rootOf({ kind: 'none', children: [one] }))).toEqual({ kind: 'none', children: [one] });
  });

  it('finds the row that a problem is in', () => {
    const root = group('r', leaf('a'), group('g', leaf('b'), leaf('c')));
    const ids = idsByPath(root);
    expect(ownerOf('root.children[1].children[0].values[0]', ids)).toBe('b');
    expect(ownerOf('root.children[1].children', ids)).toBe('g');
    expect(ownerOf('root.children[0].where[2].property', ids)).toBe('a');
    expect(ownerOf('root', ids)).toBe('r');
    expect(ownerOf('segment:vip.root.value', ids)).toBeUndefined();
  });
});
