import { useCallback, useMemo, useState } from 'react';
import { begin, edited, redone, undone } from './history';
import { rootOf, savedOf, type Condition, type DraftGroup } from './node';

export type Edit = (root: DraftGroup) => DraftGroup;

export interface ConditionDraft {
  root: DraftGroup;
  /** Changes the tree; edits with the same tag in quick succession are undone together. */
  edit: (f: Edit, tag?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Begins again from a condition, without a past. */
  reset: (c: Condition | null) => void;
  /** The tree as it is saved. */
  condition: Condition;
}

/** A condition that is being edited, with its past. */
export function useConditionDraft(start: Condition | null): ConditionDraft {
  const [history, setHistory] = useState(() => begin(rootOf(start)));
  const edit = useCallback((f: Edit, tag?: string) => setHistory((h) => edited(h, f(h.now), tag)), []);
  const undo = useCallback(() => setHistory(undone), []);
  const redo = useCallback(() => setHistory(redone), []);
  const reset = useCallback((c: Condition | null) => setHistory(begin(rootOf(c))), []);
  const root = history.now;
  const condition = useMemo(() => savedOf(root), [root]);
  return { root, edit, undo, redo, canUndo: history.past.length > 0, canRedo: history.future.length > 0, reset, condition };
}
