import { completionKeymap, autocompletion, type Completion } from '@codemirror/autocomplete';
import { html } from '@codemirror/lang-html';
import { liquid } from '@codemirror/lang-liquid';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

export type Language = 'text' | 'json' | 'html' | 'liquid' | 'liquid-html';

/** A name that can stand in Liquid. */
export interface Name {
  name: string;
  about: string;
}

/** What the editor knows of a language: colours, and names to complete. */
export function languageOf(language: Language, names: readonly Name[] = []): Extension {
  switch (language) {
    case 'text':
      return [];
    case 'json':
      return json;
    case 'html':
      return html();
    case 'liquid':
      return [liquid({ variables: completions(names) }), completing];
    case 'liquid-html':
      return [liquid({ base: html(), variables: completions(names) }), completing];
  }
}

const completing = [autocompletion({ icons: false }), keymap.of(completionKeymap)];

function completions(names: readonly Name[]): Completion[] {
  return names.map((n) => ({ label: n.name, detail: n.about, type: 'variable' }));
}

/** JSON as words, numbers and names; there is no more to colour in it. */
const json = StreamLanguage.define<{ key: boolean }>({
  name: 'json',
  startState: () => ({ key: false }),
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return stream.match(/^\s*:/, false) ? 'propertyName' : 'string';
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'keyword';
    stream.next();
    return 'punctuation';
  },
});

/** Colours of code, in the colours of the theme. */
export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [t.keyword, t.tagName, t.controlKeyword, t.operatorKeyword], color: 'var(--code-word)' },
    { tag: [t.string, t.attributeValue], color: 'var(--code-text)' },
    { tag: [t.number, t.bool, t.null, t.atom], color: 'var(--code-number)' },
    { tag: [t.propertyName, t.attributeName, t.variableName, t.name], color: 'var(--code-name)' },
    { tag: [t.comment, t.meta], color: 'var(--ink-3)' },
    { tag: [t.punctuation, t.bracket, t.angleBracket, t.operator, t.brace], color: 'var(--ink-2)' },
    { tag: [t.processingInstruction], color: 'var(--accent)' },
  ]),
);

/** The editor's own parts in the look of the program. */
export const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-panels': { backgroundColor: 'var(--ground)', color: 'var(--ink)', border: 'none' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', border: '1px solid var(--line-strong)', borderRadius: '6px', boxShadow: 'var(--shadow)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px !important', color: 'var(--ink)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--selected)', color: 'var(--ink)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--ink-2)' },
  '.cm-collapsedLines': { padding: '4px 10px', background: 'var(--sunken)', color: 'var(--ink-2)', fontFamily: 'var(--font)', fontSize: '12px' },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: 'none' },
  '.cm-diagnostic': { borderLeft: 'none', padding: '6px 8px' },
});
