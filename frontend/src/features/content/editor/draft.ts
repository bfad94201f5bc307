import { createContext, use, useCallback, useMemo, useState } from 'react';
import { begin, edited, redone, undone } from '@/components/condition/history';
import type { Block, BlockKind, BlockTrace, Template, Variable } from '@/lib/generated/api';
import type { DocumentKind } from '../api';
import { update, withIds } from './tree';

/** What of a document is chosen: a block by its id, or one of the parts every e-mail has. */
export type Chosen = { part: 'block'; id: string } | { part: 'envelope' } | { part: 'style' } | null;

export interface Draft {
  template: Template;
  /** Changes the template; edits with the same tag in quick succession are undone together. */
  edit: (f: (t: Template) => Template, tag?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Whether there is something to save. */
  changed: boolean;
  /** Says that this is saved now. */
  saved: (t: Template) => void;
  /** Begins again from a saved template. */
  reset: (t: Template) => void;
}

/** A template that is being edited, with its past. */
export function useDraft(start: Template): Draft {
  const [history, setHistory] = useState(() => begin(withIds(start)));
  const [kept, setKept] = useState(history.now);
  const edit = useCallback((f: (t: Template) => Template, tag = '') => setHistory((h) => edited(h, withIds(f(h.now)), tag)), []);
  const undo = useCallback(() => setHistory(undone), []);
  const redo = useCallback(() => setHistory(redone), []);
  const reset = useCallback((t: Template) => {
    const fresh = begin(withIds(t));
    setHistory(fresh);
    setKept(fresh.now);
  }, []);
  const changed = useMemo(() => history.now !== kept && JSON.stringify(history.now) !== JSON.stringify(kept), [history.now, kept]);
  return { template: history.now, edit, undo, redo, canUndo: history.past.length > 0, canRedo: history.future.length > 0, changed, saved: setKept, reset };
}

/** What the parts of the editor share. */
export interface Editing {
  kind: DocumentKind;
  slug: string;
  template: Template;
  edit: Draft['edit'];
  chosen: Chosen;
  choose: (c: Chosen) => void;
  kinds: readonly BlockKind[];
  variables: readonly Variable[];
  /** What became of each block for the person looked at, by path. */
  traces: ReadonlyMap<string, BlockTrace>;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const e = use(EditingContext);
  if (!e) throw new Error('a part of the editor is used outside of it');
  return e;
}

/** Changes one block; typing on in one field is one step back. */
export function useChangeBlock(id: string): (f: (b: Block) => Block, field?: string) => void {
  const { edit } = useEditing();
  return (f, field) => edit((t) => ({ ...t, blocks: update(t.blocks, id, f) }), field === undefined ? '' : `${id} ${field}`);
}
