import Link from '@tiptap/extension-link';
import { generateHTML, generateJSON, type Extensions } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { keeps, LiquidChip } from './liquid-node';

/** What rich text may hold: what the program's text blocks may, and Liquid. */
export const extensions: Extensions = [
  StarterKit.configure({ code: false, codeBlock: false, horizontalRule: false, heading: { levels: [2, 3] }, link: false, trailingNode: false }),
  Link.configure({ openOnClick: false, autolink: false, linkOnPaste: true, isAllowedUri: (url) => /^(https?:|mailto:|tel:|\{\{)/i.test(url.trim()), HTMLAttributes: { target: null, rel: null } }),
  LiquidChip,
];

/** The editor's HTML after a way through its document. */
export function through(html: string): string {
  return generateHTML(generateJSON(html, extensions), extensions);
}

/** Whether the editor keeps a text as it is. */
export function fits(html: string): boolean {
  return keeps(html, through);
}
