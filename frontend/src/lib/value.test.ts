import { expect, it } from 'vitest';
import { humanize, valueText } from './value';

it.each([
  ['nothing', null, 'text', ''],
  ['no', false, 'boolean', 'No'],
  ['a list', ['Tea', 'Garden'], 'list', 'Tea, Garden'],
  ['an amount', '12.5', 'money', '€12.50'],
  ['a year stays a year', 2026, 'number', '2026'],
  ['a date', '2026-03-01', 'date', '1 Mar 2026'],
  ['a damaged date shows as it is', 'someday', 'date', 'someday'],
  ['zero is a value', 0, 'number', '0'],
])('%s', (_, value, type, want) => expect(valueText(value, type, 'EUR')).toBe(want));

it('makes words of names', () => expect(humanize('order_placed')).toBe('Order placed'));
