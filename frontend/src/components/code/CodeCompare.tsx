import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { colours, languageOf, look, type Language } from './languages';
import css from './CodeField.module.css';

/** Two texts side by side with what differs marked; what is equal is folded away. */
export default function CodeCompare({ before, after, language }: { before: string; after: string; language: Language }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [lineNumbers(), languageOf(language), colours, look, EditorView.lineWrapping, EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' })],
    });
    const view = new MergeView({ parent: box.current, a: side(before, 'Before'), b: side(after, 'After'), collapseUnchanged: { margin: 3, minSize: 6 }, gutter: true });
    return () => view.destroy();
  }, [before, after, language]);
  return <div ref={box} className={css.compare} />;
}
