import type { Block, BlockKind, Rule } from '@/lib/generated/api';
import { freeId, idOf, visit } from './tree';

/** A new block of a kind, with something in it to begin with. */
export function made(kind: string, blocks: readonly Block[], segment?: string): Block {
  const taken = new Set(visit(blocks).map((v) => idOf(v.block)));
  const make = (k: string, more: Omit<Block, 'kind'> = {}): Block => ({ id: freeId(taken, k), kind: k, ...more });
  switch (kind) {
    case 'heading':
      return make(kind, { content: 'A heading', level: 2 });
    case 'text':
      return make(kind, { content: '<p>Write here.</p>' });
    case 'button':
      return make(kind, { label: 'Have a look', url: 'https://' });
    case 'products':
      return make(kind, { source: 'recommendations', limit: 4, per_row: 2, fallback: make(kind, { source: 'newest', limit: 4, per_row: 2 }) });
    case 'columns':
      return make(kind, { columns: [1, 2].map(() => ({ blocks: [make('text', { content: '<p>Write here.</p>' })] })) });
    case 'html':
      return make(kind, { content: '<p>\n  Your own HTML, with {{ first_name | default: "Liquid" }}.\n</p>' });
    case 'choice':
      return make(kind, {
        rule: { branches: [{ name: 'Some people', when: segment ? { kind: 'segment', segment, op: 'in' } : { kind: 'event', event: 'order_placed' }, choose: 'some' }], default: 'others' },
        variants: { some: make('text', { content: '<p>For some people.</p>' }), others: make('text', { content: '<p>For everybody else.</p>' }) },
      });
    default:
      return make(kind);
  }
}

/** The kinds that may stand in a place: no columns within columns. */
export function kindsFor(kinds: readonly BlockKind[], inColumn: boolean): BlockKind[] {
  return kinds.filter((k) => !(inColumn && k.kind === 'columns'));
}

/** Everything a rule can choose, in the order in which it tries. */
export function choicesOf(rule: Block['rule'] | Rule['rule']): string[] {
  const seen = new Set<string>();
  const walk = (r: NonNullable<Block['rule']>) => {
    for (const b of r.branches) {
      if (b.then) walk(b.then);
      else if (b.choose) seen.add(b.choose);
    }
    if (r.default) seen.add(r.default);
  };
  if (rule) walk(rule as NonNullable<Block['rule']>);
  return [...seen];
}

/** A block in a few words, for the list of blocks. */
export function gist(b: Block): string {
  switch (b.kind) {
    case 'heading':
    case 'text':
    case 'html':
      return plain(b.content ?? '');
    case 'image':
      return plain(b.alt ?? '') || (b.source ?? '').replace(/^asset:/, '');
    case 'button':
      return plain(b.label ?? '');
    case 'products':
      return b.source ?? '';
    case 'choice':
      return b.rule_slug ? `by ${b.rule_slug}` : Object.keys(b.variants ?? {}).join(', ');
    case 'block':
      return b.block ?? '';
    case 'columns':
      return `${b.columns?.length ?? 0} side by side`;
    case 'spacer':
      return `${b.height || 24} pixels`;
    default:
      return '';
  }
}

/** Text without tags and with Liquid told by name: "Hello {first_name}". */
export function plain(html: string): string {
  return html
    .replace(/\{%.*?%\}/gs, '')
    .replace(/\{\{-?\s*([\w.]+).*?\}\}/gs, '{$1}')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
