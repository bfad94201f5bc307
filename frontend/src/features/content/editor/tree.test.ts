import { describe, expect, it } from 'vitest';
import type { Block } from '@/lib/generated/api';
import { behind, blockAt, duplicate, find, idOf, insertBehind, moveBy, moveOnto, remove, renameVariant, replaceBy, update, visit, withIds } from './tree';

const text = (id: string): Block => ({ id, kind: 'text' });
const blocks: Block[] = [
  text('a'),
  { id: 'cols', kind: 'columns', columns: [{ blocks: [text('l1'), text('l2')] }, { blocks: [text('r1')] }] },
  { id: 'pick', kind: 'choice', variants: { vip: text('pick.vip'), all: { ...text('pick.all'), fallback: text('deep') } }, rule: { branches: [{ when: {}, choose: 'vip' }], default: 'all' } },
  { ...text('z'), fallback: text('z.fb') },
];

const ids = (list: readonly Block[]) => visit(list).map((v) => idOf(v.block)).join(' ');
const all = 'a cols l1 l2 r1 pick pick.vip pick.all deep z z.fb';

it('reads every block with the path that the program uses', () => {
  expect(ids(blocks)).toBe(all);
  expect(find(blocks, 'r1')?.path).toBe('blocks[1].columns[1].blocks[0]');
  expect(find(blocks, 'deep')?.path).toBe('blocks[2].variants.all.fallback');
});

it.each([
  ['blocks[2].variants.vip.content', 'pick.vip'],
  ['blocks[2].rule.branches[0].when', 'pick'],
  ['blocks[1].columns[0].blocks[1]', 'l2'],
  ['pick.vip.content, line 1, column 3', 'pick.vip'],
  ['pick.content', 'pick'],
  ['subject', undefined],
  ['blocks[12]', undefined],
])('finds the block of %s', (place, id) => expect(blockAt(blocks, place)?.block.id).toBe(id));

it.each(['a', 'l2', 'pick.vip', 'deep', 'z.fb'])('changes %s wherever it is, and nothing else', (id) => {
  const changed = update(blocks, id, (b) => ({ ...b, content: 'new' }));
  expect(find(changed, id)?.block.content).toBe('new');
  expect(visit(changed).filter((v) => v.block.content === 'new')).toHaveLength(1);
  expect(ids(changed)).toBe(all);
  expect(find(blocks, id)?.block.content).toBeUndefined();
});

it('keeps what an edit does not touch', () => {
  const changed = update(blocks, 'a', (b) => ({ ...b, content: 'new' }));
  expect(changed[1]).toBe(blocks[1]);
  expect(changed[2]).toBe(blocks[2]);
});

it('takes a fallback away with its field', () => {
  const z = find(remove(blocks, 'z.fb'), 'z')?.block;
  expect(z && 'fallback' in z).toBe(false);
});

describe('moves', () => {
  it.each([
    ['down', 'a', 'z', 'cols l1 l2 r1 pick pick.vip pick.all deep z z.fb a'],
    ['up', 'z', 'a', 'z z.fb a cols l1 l2 r1 pick pick.vip pick.all deep'],
    ['into a column', 'a', 'r1', 'cols l1 l2 a r1 pick pick.vip pick.all deep z z.fb'],
    ['out of a column', 'l1', 'z', 'a cols l2 r1 pick pick.vip pick.all deep l1 z z.fb'],
    ['no columns into a column', 'cols', 'r1', all],
    ['nothing out of a variant', 'pick.vip', 'a', all],
    ['nothing onto itself', 'a', 'a', all],
  ])('%s', (_, id, target, want) => expect(ids(moveOnto(blocks, id, target))).toBe(want));

  it.each([
    ['one down', 'a', 1 as const, 'cols l1 l2 r1 a pick pick.vip pick.all deep z z.fb'],
    ['not above the first', 'a', -1 as const, all],
    ['not below the last', 'z', 1 as const, all],
    ['out of the top of a column', 'l1', -1 as const, 'a l1 cols l2 r1 pick pick.vip pick.all deep z z.fb'],
    ['out of the foot of a column', 'l2', 1 as const, 'a cols l1 r1 l2 pick pick.vip pick.all deep z z.fb'],
  ])('%s', (_, id, by, want) => expect(ids(moveBy(blocks, id, by))).toBe(want));
});

it('puts a new block behind the chosen one, or behind what holds it', () => {
  expect(behind(blocks, 'l1')).toEqual({ slot: { in: 'column', of: 'cols', column: 0 }, index: 1 });
  expect(behind(blocks, 'deep')).toEqual({ slot: { in: 'list' }, index: 3 });
  expect(ids(insertBehind(blocks, null, text('new'))).endsWith('z.fb new')).toBe(true);
});

it('gives a copy ids of its own, all the way down', () => {
  const copy = duplicate(blocks, 'pick');
  const seen = visit(copy.blocks).map((v) => idOf(v.block));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(visit(blocks).length + 4);
  expect(find(copy.blocks, copy.id)?.index).toBe(3);
});

it('gives ids to blocks that have none, and is the same when all have one', () => {
  const t = { name: '', subject: '', blocks };
  expect(withIds(t)).toBe(t);
  const named = withIds({ ...t, blocks: [{ kind: 'text' }, text('text-1'), { kind: 'text' }] });
  expect(named.blocks.map((b) => b.id)).toEqual(['text-2', 'text-1', 'text-3']);
});

it('renames a variant where the rule names it', () => {
  const pick = find(blocks, 'pick')?.block ?? text('');
  const renamed = renameVariant(pick, 'vip', 'best');
  expect(Object.keys(renamed.variants ?? {})).toEqual(['best', 'all']);
  expect(renamed.rule?.branches[0]?.choose).toBe('best');
  expect(renameVariant(pick, 'vip', 'all')).toBe(pick);
});

describe('a block gives way to others', () => {
  const two = [{ id: 'a', kind: 'text', fallback: { id: 'z', kind: 'spacer' } }, text('own')] as Block[];
  it('in a list, with ids that nothing else has', () => {
    expect(ids(replaceBy(blocks, 'l1', two))).toBe('a cols text-1 spacer-1 text-2 l2 r1 pick pick.vip pick.all deep z z.fb');
  });
  it('where one can stand, only to one', () => {
    expect(ids(replaceBy(blocks, 'pick.vip', [text('x')]))).toBe('a cols l1 l2 r1 pick text-1 pick.all deep z z.fb');
    expect(ids(replaceBy(blocks, 'pick.vip', two))).toBe(all);
  });
});
