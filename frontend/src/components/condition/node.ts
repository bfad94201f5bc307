/**
 * Conditions as the program reads them (a tree of JSON), and as they are edited:
 * the same tree with an id on each node, so that a row keeps its focus, its
 * count and its place while others move around it.
 */

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';
export type Scalar = string | number | boolean;
export type GroupKind = 'all' | 'any' | 'none';

/** Limits which events count; without one, all that ever happened. */
export interface Window {
  last?: number;
  before_last?: number;
  unit?: Unit;
  from?: string;
  to?: string;
}

/** An op with what it is compared to. */
export interface Test {
  op?: string;
  value?: Scalar;
  values?: Scalar[];
  to?: Scalar;
  unit?: Unit;
}

/** A test on a property of an event, or any or none of others. */
export interface Where extends Test {
  property?: string;
  any?: Where[];
  none?: Where[];
}

export interface Step {
  event: string;
  op?: 'did' | 'did_not';
  within?: Window;
  where?: Where[];
}

export interface AttributeLeaf extends Test {
  kind: 'attribute';
  attribute: string;
}

export interface EventLeaf {
  kind: 'event';
  event: string;
  measure?: string;
  property?: string;
  op?: string;
  value?: Scalar;
  to?: Scalar;
  window?: Window;
  where?: Where[];
}

export interface SequenceLeaf {
  kind: 'sequence';
  steps: Step[];
  window?: Window;
}

export interface SegmentLeaf {
  kind: 'segment';
  segment: string;
  op?: 'in' | 'not_in';
}

export interface ConsentLeaf {
  kind: 'consent';
  purpose: string;
  op?: 'granted' | 'not_granted';
}

export interface BucketLeaf {
  kind: 'bucket';
  salt?: string;
  from?: number;
  to?: number;
}

export interface EveryoneLeaf {
  kind: 'everyone';
}

export type Leaf = AttributeLeaf | EventLeaf | SequenceLeaf | SegmentLeaf | ConsentLeaf | BucketLeaf | EveryoneLeaf;

/** A condition as JSON. */
export type Condition = Leaf | ConditionGroup;

export interface ConditionGroup {
  kind: GroupKind;
  children: Condition[];
}

export function isConditionGroup(c: Condition): c is ConditionGroup {
  return c.kind === 'all' || c.kind === 'any' || c.kind === 'none';
}

export interface DraftLeaf {
  id: string;
  leaf: Leaf;
}

export interface DraftGroup {
  id: string;
  kind: GroupKind;
  children: Draft[];
}

export type Draft = DraftLeaf | DraftGroup;

export function isGroup(d: Draft): d is DraftGroup {
  return 'children' in d;
}

let ids = 0;

/** An id that no other node of this window has. */
export function newId(): string {
  ids++;
  return `n${ids}`;
}

export function draftOf(c: Condition): Draft {
  return isConditionGroup(c) ? { id: newId(), kind: c.kind, children: c.children.map(draftOf) } : { id: newId(), leaf: c };
}

/**
 * The tree to edit of a condition: its root is always a group. Everyone is a
 * group with nothing in it yet.
 */
export function rootOf(c: Condition | null | undefined): DraftGroup {
  if (!c || c.kind === 'everyone') return { id: newId(), kind: 'all', children: [] };
  const d = draftOf(c);
  return isGroup(d) ? d : { id: newId(), kind: 'all', children: [d] };
}

export function conditionOf(d: Draft): Condition {
  return isGroup(d) ? { kind: d.kind, children: d.children.map(conditionOf) } : d.leaf;
}

/** What is counted: node for node what is edited, so that paths agree. */
export function countedOf(root: DraftGroup): Condition {
  return root.children.length === 0 ? { kind: 'everyone' } : conditionOf(root);
}

/** What is saved: a group of one is that one, and nothing is everyone. */
export function savedOf(root: DraftGroup): Condition {
  const only = root.children[0];
  if (!only) return { kind: 'everyone' };
  if (root.children.length === 1 && root.kind !== 'none') return isGroup(only) ? savedOf(only) : only.leaf;
  return conditionOf(root);
}

/** Ids of the nodes by the path that the program tells them by. */
export function idsByPath(root: Draft, path = 'root', into = new Map<string, string>()): Map<string, string> {
  into.set(path, root.id);
  if (isGroup(root)) root.children.forEach((c, i) => idsByPath(c, `${path}.children[${i}]`, into));
  return into;
}

/** The id of the node that a path of a problem ("root.children[1].values[0]") lies in. */
export function ownerOf(path: string, ids: Map<string, string>): string | undefined {
  const node = /^root(\.children\[\d+\])*/.exec(path)?.[0];
  for (let at = node; at !== undefined && at !== ''; at = at.replace(/\.children\[\d+\]$/, '')) {
    const id = ids.get(at);
    if (id !== undefined) return id;
    if (at === 'root') return undefined;
  }
  return undefined;
}

/** Whether a value read as a condition is one, as far as its shape goes. */
export function isCondition(v: unknown): v is Condition {
  if (typeof v !== 'object' || v === null || !('kind' in v)) return false;
  const { kind, children } = v as { kind: unknown; children?: unknown };
  if (kind === 'all' || kind === 'any' || kind === 'none') return Array.isArray(children) && children.every(isCondition);
  if (kind === 'sequence') return Array.isArray((v as { steps?: unknown }).steps);
  return typeof kind === 'string' && ['attribute', 'event', 'segment', 'consent', 'bucket', 'everyone'].includes(kind);
}

/** Reads a condition from the program: bare, or in its versioned envelope. */
export function readCondition(v: unknown): Condition | null {
  if (typeof v === 'object' && v !== null && 'root' in v) return readCondition((v as { root: unknown }).root);
  return isCondition(v) ? v : null;
}

/** The node at a path of the program's, "root.children[1]"; undefined inside of other segments. */
export function nodeAt(c: Condition, path: string): Condition | undefined {
  if (!path.startsWith('root')) return undefined;
  let node: Condition | undefined = c;
  for (const [, i] of path.matchAll(/\.children\[(\d+)\]/g)) node = node && isConditionGroup(node) ? node.children[Number(i)] : undefined;
  return node;
}
