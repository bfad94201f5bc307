import { expect, it } from 'vitest';
import type { BlockField, BlockKind } from '@/lib/generated/api';
import { fieldsOf, listingOf, readable, reference, sourceOf, valueOf, withValue } from './form';

const field = (name: string, type: string, more: Partial<BlockField> = {}): BlockField => ({ name, label: name, type, options: [], default: '', min: 0, max: 0, required: false, help: '', ...more });
const level = field('level', 'number', { min: 1, max: 3, default: '1' });
const align = field('align', 'choice', { options: ['left', 'center'], default: 'left' });

it('draws the fields that a plain control can edit', () => {
  const kinds: BlockKind[] = [{ kind: 'choice', label: 'Choice', fields: [field('rule', 'rule'), field('variants', 'variants'), field('alt', 'liquid')] }];
  expect(fieldsOf(kinds, 'choice').map((f) => f.name)).toEqual(['alt']);
  expect(fieldsOf(kinds, 'unknown')).toEqual([]);
});

it.each([
  ['a value', align, 'center', 'center'],
  ['the default is left out', align, 'left', undefined],
  ['nothing is left out', field('content', 'liquid'), '', undefined],
  ['off is left out', field('hide_price', 'boolean'), false, undefined],
  ['a number is kept within its bounds', level, 9, 3],
  ['and is whole', level, 1.6, 2],
  ['an empty number is left out', level, undefined, undefined],
])('%s', (_, f, value, want) => {
  const b = withValue({ id: 'x', kind: 'heading', [f.name]: 'old' }, f, value);
  expect(valueOf(b, f)).toBe(want);
  expect(f.name in b).toBe(want !== undefined);
  expect(b.id).toBe('x');
});

it.each(['recommendations', 'newest', 'category:Tea: green', 'skus:A,B'])('reads and writes where products come from: %s', (source) => {
  expect(sourceOf(listingOf(source))).toBe(source);
});

it('takes no source for recommendations', () => expect(listingOf(undefined)).toEqual({ from: 'recommendations', which: '' }));

it('writes a variable with a default, an address without', () => {
  expect(reference('first_name')).toBe('{{ first_name | default: "" }}');
  expect(reference('unsubscribe_url')).toBe('{{ unsubscribe_url }}');
});

it('counts characters as read, without Liquid', () => {
  expect(readable('{{ first_name }}, 🎁 for you')).toBe(11);
});
