import type { Block, BlockField, BlockKind } from '@/lib/generated/api';

/** A form for a block, drawn from the program's table of kinds. */

/** The fields that a plain control can edit; choices, columns and references have forms of their own. */
const plainTypes = new Set(['liquid', 'rich', 'html', 'url', 'image', 'products', 'number', 'boolean', 'choice']);

export function fieldsOf(kinds: readonly BlockKind[], kind: string): BlockField[] {
  return (kinds.find((k) => k.kind === kind)?.fields ?? []).filter((f) => plainTypes.has(f.type));
}

export function labelOf(kinds: readonly BlockKind[], kind: string): string {
  return kinds.find((k) => k.kind === kind)?.label ?? kind;
}

export type FieldValue = string | number | boolean | undefined;

/** What a block says of a field; undefined where it leaves it to the default. */
export function valueOf(block: Block, field: BlockField): FieldValue {
  const v = (block as unknown as Record<string, unknown>)[field.name];
  return typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean' ? v : undefined;
}

/** The block with a field set; what is empty or no more than the default is left out. */
export function withValue(block: Block, field: BlockField, value: FieldValue): Block {
  const next = { ...(block as unknown as Record<string, unknown>) };
  const idle = value === undefined || value === '' || value === false || (field.type !== 'number' && value === field.default);
  if (idle) delete next[field.name];
  else next[field.name] = field.type === 'number' ? bounded(Number(value), field) : value;
  return next as unknown as Block;
}

function bounded(n: number, field: BlockField): number {
  return Math.round(Math.min(field.max, Math.max(field.min, n)));
}

/** Where a block's products come from, in parts. */
export interface Listing {
  from: string; // recommendations, a strategy, category, skus, recommendation
  which: string;
}

export function listingOf(source: string | undefined): Listing {
  const [from = '', ...rest] = (source ?? '').split(':');
  if (named.has(from)) return { from, which: rest.join(':') };
  return { from: from || 'recommendations', which: '' };
}

/** How parts are written; a category or list that is still empty is what it was before. */
export function sourceOf({ from, which }: Listing): string {
  return named.has(from) ? `${from}:${which}` : from;
}

/** Sources that name something after a colon: a category, products, a saved way of choosing. */
const named = new Set(['category', 'skus', 'recommendation']);

/** A variable as it is written into text. */
export function written(name: string): string {
  return `{{ ${name} | default: "" }}`;
}

/** Addresses are for one place each: nothing can stand in for them. */
export function reference(name: string): string {
  return /_url$/.test(name) ? `{{ ${name} }}` : written(name);
}

/** Characters as a person who reads the line counts them, with Liquid left out. */
export function readable(text: string): number {
  return [...text.replace(/\{\{.*?\}\}|\{%.*?%\}/g, '')].length;
}
