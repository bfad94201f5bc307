import { isGroup, newId, type Draft, type DraftGroup, type GroupKind, type Leaf } from './node';
import { negatedLeaf } from './negate';

/** Edits of a tree. Each gives a new root and leaves the old one as it was. */

export function find(root: Draft, id: string): Draft | undefined {
  if (root.id === id) return root;
  if (!isGroup(root)) return undefined;
  for (const c of root.children) {
    const found = find(c, id);
    if (found) return found;
  }
  return undefined;
}

export interface Place {
  parent: DraftGroup;
  index: number;
}

/** Where a node stands; undefined for the root and for what is not there. */
export function placeOf(root: DraftGroup, id: string): Place | undefined {
  const index = root.children.findIndex((c) => c.id === id);
  if (index >= 0) return { parent: root, index };
  for (const c of root.children) {
    const found = isGroup(c) ? placeOf(c, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** All nodes below the root in the order in which they are read. */
export function inOrder(root: DraftGroup): Draft[] {
  return root.children.flatMap((c) => (isGroup(c) ? [c, ...inOrder(c)] : [c]));
}

function change(root: DraftGroup, groupId: string, f: (children: Draft[]) => Draft[]): DraftGroup {
  if (root.id === groupId) return { ...root, children: f(root.children) };
  return { ...root, children: root.children.map((c) => (isGroup(c) ? change(c, groupId, f) : c)) };
}

export function insert(root: DraftGroup, groupId: string, index: number, node: Draft): DraftGroup {
  return change(root, groupId, (list) => [...list.slice(0, index), node, ...list.slice(index)]);
}

export function append(root: DraftGroup, groupId: string, node: Draft): DraftGroup {
  return change(root, groupId, (list) => [...list, node]);
}

export function insertAfter(root: DraftGroup, id: string, node: Draft): DraftGroup {
  const place = placeOf(root, id);
  return place ? insert(root, place.parent.id, place.index + 1, node) : append(root, root.id, node);
}

export function replace(root: DraftGroup, id: string, node: Draft): DraftGroup {
  const place = placeOf(root, id);
  if (!place) return root;
  return change(root, place.parent.id, (list) => list.map((c) => (c.id === id ? node : c)));
}

export function setLeaf(root: DraftGroup, id: string, leaf: Leaf): DraftGroup {
  return replace(root, id, { id, leaf });
}

/** Takes a node away, and the groups that are left with nothing. */
export function remove(root: DraftGroup, id: string): DraftGroup {
  const place = placeOf(root, id);
  if (!place) return root;
  const rest = change(root, place.parent.id, (list) => list.filter((c) => c.id !== id));
  return place.parent.id !== root.id && place.parent.children.length === 1 ? remove(rest, place.parent.id) : rest;
}

function copy(d: Draft): Draft {
  return isGroup(d) ? { ...d, id: newId(), children: d.children.map(copy) } : { ...d, id: newId() };
}

/** Puts a copy after a node; gives the copy's id too. */
export function duplicate(root: DraftGroup, id: string): { root: DraftGroup; id: string } {
  const node = find(root, id);
  if (!node || !placeOf(root, id)) return { root, id };
  const made = copy(node);
  return { root: insertAfter(root, id, made), id: made.id };
}

/** Puts a group around a node. */
export function wrap(root: DraftGroup, id: string, kind: GroupKind = 'any'): DraftGroup {
  const node = find(root, id);
  if (!node || !placeOf(root, id)) return root;
  return replace(root, id, { id: newId(), kind, children: [node] });
}

/** Puts the rows of a group in its place. */
export function unwrap(root: DraftGroup, id: string): DraftGroup {
  const group = find(root, id);
  const place = placeOf(root, id);
  if (!group || !isGroup(group) || !place) return root;
  return change(root, place.parent.id, (list) => list.flatMap((c) => (c.id === id ? group.children : [c])));
}

export function setKind(root: DraftGroup, id: string, kind: GroupKind): DraftGroup {
  if (root.id === id) return { ...root, kind };
  const group = find(root, id);
  return group && isGroup(group) ? replace(root, id, { ...group, kind }) : root;
}

/** Moves a node to stand before the child that now has index; not into itself. */
export function moveTo(root: DraftGroup, id: string, groupId: string, index: number): DraftGroup {
  const node = find(root, id);
  const from = placeOf(root, id);
  if (!node || !from || find(node, groupId)) return root;
  const after = from.parent.id === groupId && from.index < index ? index - 1 : index;
  if (from.parent.id === groupId && from.index === after) return root;
  const placed = insert(change(root, from.parent.id, (list) => list.filter((c) => c.id !== id)), groupId, after, node);
  return from.parent.id !== root.id && from.parent.children.length === 1 && from.parent.id !== groupId ? remove(placed, from.parent.id) : placed;
}

/** Moves a node one line up or down, into and out of groups as they come. */
export function moveBy(root: DraftGroup, id: string, by: -1 | 1): DraftGroup {
  const place = placeOf(root, id);
  if (!place) return root;
  const { parent, index } = place;
  const beside = parent.children[index + by];
  if (beside && isGroup(beside)) return moveTo(root, id, beside.id, by < 0 ? beside.children.length : 0);
  if (beside) return moveTo(root, id, parent.id, by < 0 ? index - 1 : index + 2);
  const outer = placeOf(root, parent.id);
  return outer ? moveTo(root, id, outer.parent.id, by < 0 ? outer.index : outer.index + 1) : root;
}

/** Makes a node say the exact opposite. */
export function negate(root: DraftGroup, id: string): DraftGroup {
  if (root.id === id) return negatedGroup(root);
  const node = find(root, id);
  return node ? replace(root, id, negated(node)) : root;
}

/** The exact opposite of a node. */
export function negated(d: Draft): Draft {
  if (isGroup(d)) return negatedGroup(d);
  const leaf = negatedLeaf(d.leaf);
  return leaf ? { id: d.id, leaf } : { id: newId(), kind: 'none', children: [d] };
}

function negatedGroup(g: DraftGroup): DraftGroup {
  if (g.kind === 'any') return { ...g, kind: 'none' };
  if (g.kind === 'none') return { ...g, kind: 'any' };
  if (g.children.length <= 1) return { ...g, kind: 'none' };
  return { ...g, kind: 'none', children: [{ id: newId(), kind: 'all', children: g.children }] };
}

/** Says "and" to one row: beside it where everything must hold, in a group with it elsewhere. */
export function andAlso(root: DraftGroup, id: string, leaf: Leaf): DraftGroup {
  const place = placeOf(root, id);
  const node = find(root, id);
  const also: Draft = { id: newId(), leaf };
  if (root.id === id) return { id: newId(), kind: 'all', children: [root, also] };
  if (!place || !node) return root;
  if (place.parent.kind === 'all') return insertAfter(root, id, also);
  return replace(root, id, { id: newId(), kind: 'all', children: [node, also] });
}
