import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder as hint } from '@codemirror/view';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { colours, languageOf, look, type Language, type Name } from './languages';
import css from './CodeField.module.css';

/** Something to say about a part of a text; offsets from its beginning. */
export interface Remark {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'info';
  message: string;
}

/** What others may do with a field. */
export interface CodeHandle {
  /** Puts a text where the caret is, in the place of what is selected. */
  insert: (text: string) => void;
  /** Moves the caret, and the eye, to a place. */
  goTo: (offset: number) => void;
}

interface Props {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  language: Language;
  /** Names to complete in Liquid. */
  names?: readonly Name[];
  readOnly?: boolean;
  /** One line, as a field of a form. */
  line?: boolean;
  /** As high as there is room. */
  fill?: boolean;
  placeholder?: string;
  remarks?: readonly Remark[];
  ref?: Ref<CodeHandle>;
}

/** Marks what the page writes into the field, as against what a person types. */
const fromOutside = Annotation.define<boolean>();

/** A line break, typed or pasted, is a space. */
const oneLine: Extension = [
  EditorState.transactionFilter.of((tr) => {
    if (!tr.docChanged || tr.newDoc.lines <= 1) return tr;
    return [tr, { changes: { from: 0, to: tr.newDoc.length, insert: tr.newDoc.toString().replaceAll('\n', ' ') }, sequential: true }];
  }),
  EditorView.lineWrapping,
];

const page: Extension = [lineNumbers(), foldGutter(), drawSelection(), highlightActiveLine(), bracketMatching(), highlightSelectionMatches(), search({ top: true }), lintGutter(), EditorView.lineWrapping];

/** A text with colours: one line of a form, or a page of code. */
export default function CodeField({ label, value, onChange, language, names, readOnly = false, line = false, fill = false, placeholder, remarks, ref }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useRef(onChange);
  const talk = useRef(new Compartment());
  useEffect(() => {
    change.current = onChange;
  });
  useLayoutEffect(() => {
    if (!box.current) return;
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          line ? oneLine : page,
          talk.current.of(languageOf(language, names)),
          colours,
          look,
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap, ...(line ? [] : searchKeymap), ...(line || readOnly ? [] : [indentWithTab])]),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          placeholder ? hint(placeholder) : [],
          EditorView.updateListener.of((u) => {
            if (u.docChanged && !u.transactions.some((tr) => tr.annotation(fromOutside))) change.current?.(u.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
    // The editor is made once; what changes later is handed to it below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [line, readOnly, label, placeholder]);
  useEffect(() => {
    const v = view.current;
    if (v && v.state.doc.toString() !== value) v.dispatch({ changes: { from: 0, to: v.state.doc.length, insert: value }, annotations: fromOutside.of(true) });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: talk.current.reconfigure(languageOf(language, names)) });
  }, [language, names, talk]);
  useEffect(() => {
    const v = view.current;
    if (!v) return;
    const end = v.state.doc.length;
    v.dispatch(setDiagnostics(v.state, (remarks ?? []).map((r) => ({ ...r, from: Math.min(r.from, end), to: Math.min(Math.max(r.to, r.from), end) }))));
  }, [remarks, value]);
  useImperativeHandle(ref, () => ({
    insert: (text) => {
      const v = view.current;
      if (!v) return;
      v.dispatch(v.state.replaceSelection(text));
      v.focus();
    },
    goTo: (offset) => {
      const v = view.current;
      if (!v) return;
      const at = Math.min(offset, v.state.doc.length);
      v.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      v.focus();
    },
  }));
  return <div ref={box} className={css.code} data-line={line || undefined} data-fill={fill || undefined} data-plain={readOnly || undefined} />;
}
