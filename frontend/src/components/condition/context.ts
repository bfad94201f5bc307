import { createContext, use } from 'react';
import type { Vocabulary } from '@/lib/generated/api';
import type { Counts } from './counts';
import type { Edit } from './draft';
import type { DraftGroup, Leaf } from './node';
import type { Remark } from './warnings';

/** What to move the keyboard to once an edit is drawn. */
export interface FocusWish {
  id: string;
  /** The row itself, the first thing in it that is still to be filled, or only not out of the builder. */
  part: 'row' | 'fill' | 'stay';
}

/** What rows are edited with. It stays the same from edit to edit, so that only the rows that changed are drawn again. */
export interface Builder {
  vocabulary: Vocabulary;
  /** The tree as it is when this is called. */
  root: () => DraftGroup;
  /** Edits, then moves the keyboard. */
  act: (f: Edit, wish?: FocusWish) => void;
  setLeaf: (id: string, leaf: Leaf, tag?: string) => void;
  /** Which slug must not be offered: the segment that is edited. */
  self: string | undefined;
}

/** What is known of the rows, new after every answer. */
export interface Known {
  counts: Counts;
  /** What the program remarks about each node. */
  remarks: ReadonlyMap<string, Remark[]>;
  /** The node that is dragged now. */
  dragged: string | null;
}

export const BuilderContext = createContext<Builder | null>(null);
export const KnownContext = createContext<Known | null>(null);

export function useBuilder(): Builder {
  const b = use(BuilderContext);
  if (!b) throw new Error('a part of the condition builder is used outside of it');
  return b;
}

export function useKnown(): Known {
  const k = use(KnownContext);
  if (!k) throw new Error('a part of the condition builder is used outside of it');
  return k;
}
