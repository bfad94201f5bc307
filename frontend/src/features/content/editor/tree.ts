import type { Block, Template } from '@/lib/generated/api';

/**
 * A template's blocks as a tree, with edits that give a new tree and leave the
 * old one as it was. Blocks are named by their ids, which are unique in a
 * template; paths are those that the program's findings and traces use.
 */

/** What a block stands in. */
export type Slot =
  | { in: 'list' } // the template itself
  | { in: 'column'; of: string; column: number }
  | { in: 'variant'; of: string; name: string }
  | { in: 'fallback'; of: string };

export interface Visited {
  block: Block;
  path: string;
  depth: number;
  slot: Slot;
  /** Its place among the blocks beside it; 0 in slots that hold one. */
  index: number;
}

export function idOf(b: Block): string {
  return b.id ?? '';
}

/** Every block in the order in which it is read: itself, variants or columns, fallback. */
export function visit(blocks: readonly Block[]): Visited[] {
  const out: Visited[] = [];
  const one = (block: Block, path: string, depth: number, slot: Slot, index: number) => {
    out.push({ block, path, depth, slot, index });
    const of = idOf(block);
    for (const [name, v] of Object.entries(block.variants ?? {})) one(v, `${path}.variants.${name}`, depth + 1, { in: 'variant', of, name }, 0);
    block.columns?.forEach((c, column) => c.blocks.forEach((b, i) => one(b, `${path}.columns[${column}].blocks[${i}]`, depth + 1, { in: 'column', of, column }, i)));
    if (block.fallback) one(block.fallback, `${path}.fallback`, depth + 1, { in: 'fallback', of }, 0);
  };
  blocks.forEach((b, i) => one(b, `blocks[${i}]`, 0, { in: 'list' }, i));
  return out;
}

export function find(blocks: readonly Block[], id: string): Visited | undefined {
  return visit(blocks).find((v) => idOf(v.block) === id);
}

/** The innermost block that a place lies in; places of failures begin with a block's id instead of its path. */
export function blockAt(blocks: readonly Block[], place: string): Visited | undefined {
  const all = visit(blocks);
  const within = (name: string) => name !== '' && (place === name || place.startsWith(`${name}.`) || place.startsWith(`${name},`));
  const named = all.filter((v) => within(idOf(v.block))).sort((a, b) => idOf(b.block).length - idOf(a.block).length);
  return all.findLast((v) => within(v.path)) ?? named[0];
}

/** Changes every block by f, from the inside out; undefined takes a block away. */
function mapBlocks(blocks: readonly Block[], f: (b: Block) => Block | undefined): Block[] {
  return blocks.flatMap((b) => mapBlock(b, f) ?? []);
}

function mapBlock(b: Block, f: (b: Block) => Block | undefined): Block | undefined {
  let made = b;
  if (b.variants) {
    const variants: Record<string, Block> = {};
    let same = true;
    for (const [name, v] of Object.entries(b.variants)) {
      const inner = mapBlock(v, f);
      if (inner) variants[name] = inner;
      same &&= inner === v;
    }
    if (!same) made = { ...made, variants };
  }
  if (b.columns) {
    const columns = b.columns.map((c) => {
      const inner = mapBlocks(c.blocks, f);
      return inner.length === c.blocks.length && inner.every((x, i) => x === c.blocks[i]) ? c : { ...c, blocks: inner };
    });
    if (columns.some((c, i) => c !== b.columns?.[i])) made = { ...made, columns };
  }
  if (b.fallback) {
    const inner = mapBlock(b.fallback, f);
    if (inner !== b.fallback) {
      const { fallback: _, ...rest } = made;
      made = inner ? { ...made, fallback: inner } : rest;
    }
  }
  return f(made);
}

export function update(blocks: readonly Block[], id: string, f: (b: Block) => Block): Block[] {
  return mapBlocks(blocks, (b) => (idOf(b) === id ? f(b) : b));
}

export function remove(blocks: readonly Block[], id: string): Block[] {
  return mapBlocks(blocks, (b) => (idOf(b) === id ? undefined : b));
}

/** A list that holds blocks one below the other: the template's own, or a column's. */
export type ListSlot = Extract<Slot, { in: 'list' } | { in: 'column' }>;

function changeList(blocks: readonly Block[], slot: ListSlot, f: (list: Block[]) => Block[]): Block[] {
  if (slot.in === 'list') return f([...blocks]);
  return update(blocks, slot.of, (b) => ({ ...b, columns: b.columns?.map((c, i) => (i === slot.column ? { ...c, blocks: f(c.blocks) } : c)) }));
}

export function insert(blocks: readonly Block[], slot: ListSlot, index: number, block: Block): Block[] {
  return changeList(blocks, slot, (list) => [...list.slice(0, index), block, ...list.slice(index)]);
}

/** The list and place behind a block: beside it, or behind what holds it where only one stands. */
export function behind(blocks: readonly Block[], id: string | null): { slot: ListSlot; index: number } {
  const at = id === null ? undefined : find(blocks, id);
  if (!at) return { slot: { in: 'list' }, index: blocks.length };
  if (at.slot.in === 'list' || at.slot.in === 'column') return { slot: at.slot, index: at.index + 1 };
  return behind(blocks, at.slot.of);
}

export function insertBehind(blocks: readonly Block[], id: string | null, block: Block): Block[] {
  const { slot, index } = behind(blocks, id);
  return insert(blocks, slot, index, block);
}

function listAt(blocks: readonly Block[], slot: ListSlot): readonly Block[] {
  return slot.in === 'list' ? blocks : (find(blocks, slot.of)?.block.columns?.[slot.column]?.blocks ?? []);
}

/** Moves a block to stand where another stands; columns never into a column, nothing into itself. */
export function moveOnto(blocks: readonly Block[], id: string, target: string): Block[] {
  const from = find(blocks, id);
  const to = find(blocks, target);
  if (!from || !to || id === target || find([from.block], target)) return [...blocks];
  if (!inList(from.slot) || !inList(to.slot)) return [...blocks];
  if (to.slot.in === 'column' && holdsColumns(from.block)) return [...blocks];
  const downwards = sameList(from.slot, to.slot) && from.index < to.index;
  const rest = remove(blocks, id);
  const place = find(rest, target);
  if (!place || !inList(place.slot)) return [...blocks];
  return insert(rest, place.slot, place.index + (downwards ? 1 : 0), from.block);
}

/** Moves a block one place up or down in its list, then out of a column. */
export function moveBy(blocks: readonly Block[], id: string, by: -1 | 1): Block[] {
  const at = find(blocks, id);
  if (!at || !inList(at.slot)) return [...blocks];
  const beside = listAt(blocks, at.slot)[at.index + by];
  if (beside) return moveOnto(blocks, id, idOf(beside));
  if (at.slot.in === 'list') return [...blocks];
  const outer = behind(blocks, at.slot.of);
  return insert(remove(blocks, id), outer.slot, outer.index - (by < 0 ? 1 : 0), at.block);
}

export function inList(slot: Slot): slot is ListSlot {
  return slot.in === 'list' || slot.in === 'column';
}

function sameList(a: Slot, b: Slot): boolean {
  return a.in === b.in && (a.in !== 'column' || (b.in === 'column' && a.of === b.of && a.column === b.column));
}

function holdsColumns(b: Block): boolean {
  return visit([b]).some((v) => v.block.kind === 'columns');
}

/** Puts a copy with ids of its own behind a block; gives the copy's id too. */
export function duplicate(blocks: readonly Block[], id: string): { blocks: Block[]; id: string } {
  const at = find(blocks, id);
  if (!at || !inList(at.slot)) return { blocks: [...blocks], id };
  const taken = new Set(visit(blocks).map((v) => idOf(v.block)));
  const copied = mapBlock(at.block, (b) => ({ ...b, id: freeId(taken, b.kind) }));
  if (!copied) return { blocks: [...blocks], id };
  return { blocks: insert(blocks, at.slot, at.index + 1, copied), id: idOf(copied) };
}

/** Puts copies of other blocks, with ids of their own, where a block stands; where only one can stand there must be one. */
export function replaceBy(blocks: readonly Block[], id: string, by: readonly Block[]): Block[] {
  const at = find(blocks, id);
  if (!at) return [...blocks];
  const taken = new Set(visit(blocks).map((v) => idOf(v.block)));
  const fresh = mapBlocks(by, (b) => ({ ...b, id: freeId(taken, b.kind) }));
  if (inList(at.slot)) return changeList(blocks, at.slot, (list) => list.flatMap((b) => (idOf(b) === id ? fresh : [b])));
  const [one] = fresh;
  return one && fresh.length === 1 ? mapBlocks(blocks, (b) => (idOf(b) === id ? one : b)) : [...blocks];
}

/** The next free id of a kind; it is taken then. */
export function freeId(taken: Set<string>, kind: string): string {
  for (let n = 1; ; n++) {
    const id = `${kind}-${n}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

/** Gives an id to every block that has none; equal to what it was given when all have one. */
export function withIds(t: Template): Template {
  const all = visit(t.blocks).map((v) => idOf(v.block));
  if (!all.includes('')) return t;
  const taken = new Set(all);
  return { ...t, blocks: mapBlocks(t.blocks, (b) => (idOf(b) === '' ? { ...b, id: freeId(taken, b.kind) } : b)) };
}

/** Renames a variant wherever its choice names it. */
export function renameVariant(b: Block, from: string, to: string): Block {
  if (from === to || !b.variants?.[from] || b.variants[to]) return b;
  const variants = Object.fromEntries(Object.entries(b.variants).map(([k, v]) => [k === from ? to : k, v]));
  return { ...b, variants, rule: b.rule && renameChoice(b.rule, from, to) };
}

function renameChoice(r: NonNullable<Block['rule']>, from: string, to: string): NonNullable<Block['rule']> {
  return {
    ...r,
    default: r.default === from ? to : r.default,
    branches: r.branches.map((x) => ({ ...x, ...(x.choose === from ? { choose: to } : {}), ...(x.then ? { then: renameChoice(x.then, from, to) } : {}) })),
  };
}
