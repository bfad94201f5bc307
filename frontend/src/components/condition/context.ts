import { createContext, use } from 'react';
import type { Vocabulary } from '@/lib/generated/api';
import type { Counts } from './counts';
import type { ConditionDraft, Edit } from './draft';
import type { Leaf } from './node';
import type { Remark } from './warnings';

/** What to move the keyboard to once an edit is drawn. */
export interface FocusWish {
  id: string;
  /** The row itself, the first thing in it that is still to be filled, or only not out of the builder. */
  part: 'row' | 'fill' | 'stay';
}

export interface Builder {
  draft: ConditionDraft;
  vocabulary: Vocabulary;
  counts: Counts;
  /** What the program remarks about each node. */
  remarks: ReadonlyMap<string, Remark[]>;
  /** Edits, then moves the keyboard. */
  act: (f: Edit, wish?: FocusWish) => void;
  setLeaf: (id: string, leaf: Leaf, tag?: string) => void;
  /** The node under which a new one would be dropped now, while one is dragged. */
  dragged: string | null;
  /** Which slug must not be offered: the segment that is edited. */
  self: string | undefined;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const b = use(BuilderContext);
  if (!b) throw new Error('a part of the condition builder is used outside of it');
  return b;
}
