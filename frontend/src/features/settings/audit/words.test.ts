import { expect, it } from 'vitest';
import { actionText, detailText } from './words';

it.each([
  ['contact.save', 'Contact: save'],
  ['consent.set_by_hand', 'Consent: set by hand'],
  ['erase', 'Erase'],
])('says %s', (action, want) => expect(actionText(action)).toBe(want));

it('tells what is open, without what is empty or sealed', () => {
  expect(detailText({ file: 'orders.csv', rows: 12, note: '', sealed: { a: 1 } })).toBe('file orders.csv · rows 12');
  expect(detailText(null)).toBe('');
});
