import { mergeAttributes, Node } from '@tiptap/react';

/**
 * Rich text is small HTML with Liquid in it. In the editor each piece of Liquid
 * is a chip that cannot be torn apart; saved, it is what was written.
 */

const piece = /\{\{.*?\}\}|\{%.*?%\}/gs;

export const LiquidChip = Node.create({
  name: 'liquid',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return { code: { default: '', parseHTML: (el) => el.getAttribute('data-liquid') ?? '', renderHTML: (a) => ({ 'data-liquid': String(a.code) }) } };
  },
  parseHTML() {
    return [{ tag: 'span[data-liquid]' }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { title: String(node.attrs.code) }), shortly(String(node.attrs.code))];
  },
  renderText({ node }) {
    return String(node.attrs.code);
  },
});

/** A chip's words: the name of a variable, or the tag. */
export function shortly(code: string): string {
  const inner = code.replace(/^\{[{%]-?\s*|\s*-?[%}]\}$/g, '');
  if (code.startsWith('{%')) return inner;
  return inner.split('|')[0]?.trim() || inner;
}

function escaped(s: string): string {
  return s.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function unescaped(s: string): string {
  return s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&');
}

/** Saved HTML as the editor reads it: Liquid between tags becomes chips, within tags it stays. */
export function toEditor(html: string): string {
  return html.replace(/<(?:\{\{.*?\}\}|\{%.*?%\}|[^>])*>|\{\{.*?\}\}|\{%.*?%\}/gs, (part) => {
    if (part.startsWith('<')) return part.replace(piece, (p) => escaped(unescaped(p)));
    return `<span data-liquid="${escaped(unescaped(part))}"></span>`;
  });
}

/** The editor's HTML as it is saved. */
export function fromEditor(html: string): string {
  return html
    .replace(/<span\b[^>]*?data-liquid="([^"]*)"[^>]*>.*?<\/span>/gs, (_, code: string) => unescaped(code))
    .replace(/<(li)><p>((?:(?!<\/?p>|<\/li>).)*)<\/p><\/li>/gs, '<$1>$2</$1>')
    .replace(/ (?:target|rel|class)="[^"]*"/g, '')
    .replace(/href="([^"]*)"/g, (_, href: string) => `href="${href.replace(piece, unescaped)}"`)
    .replace(/^<p><\/p>$/, '');
}

/**
 * Whether the editor keeps a text as it is: one that says anything that chips,
 * paragraphs, lists, headings, links and accents cannot is edited as code.
 */
export function keeps(html: string, through: (editorHTML: string) => string): boolean {
  return skeleton(html) === skeleton(fromEditor(through(toEditor(html))));
}

function skeleton(html: string): string {
  return unescaped(html)
    .replace(/<(\/?)b>/g, '<$1strong>')
    .replace(/<(\/?)i>/g, '<$1em>')
    .replace(/<br\s*\/?>/g, '<br>')
    .replace(/<\/?p>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .trim();
}
