import { describe, expect, it } from 'vitest';
import { byDay, sentenceOf, sentenceOfAll, together } from './sentence';

const say = (event: string, properties: Record<string, unknown> = {}, value = '') => sentenceOf({ event, properties, value }, 'EUR');

describe('sentenceOf', () => {
  it.each([
    ['a product bought', say('order_placed', { product: 'Earl Grey', sku: 'T1' }, '12.5'), 'Bought Earl Grey', '€12.50', ['sku T1']],
    ['several', say('order_placed', { product: 'Earl Grey', quantity: 3 }), 'Bought 3 × Earl Grey', '', []],
    ['one is not said', say('order_placed', { product: 'Earl Grey', quantity: 1 }), 'Bought Earl Grey', '', ['quantity 1']],
    ['nothing known of it', say('order_placed'), 'Placed an order', '', []],
    ['an e-mail', say('email_opened', { campaign: 'Spring' }), 'Opened “Spring”', '', []],
    ['a sentence without a place for it', say('site_visited', { source: 'search' }), 'Visited the site', '', ['source search']],
    ['an event of their own', say('loyalty_joined', { name: 'Gold' }), 'Loyalty joined: Gold', '', []],
    ['empty properties are not said', say('wished', { colour: '', size: null }), 'Wished', '', []],
  ])('%s', (_, got, text, amount, details) => expect([got.text, got.amount, got.details]).toEqual([text, amount, details]));
});

it('keeps the events of a day together', () => {
  const days = byDay([{ at: 30 }, { at: 25 }, { at: 12 }, { at: 11 }], (at) => String(Math.floor(at / 10)));
  expect(days.map((d) => [d.day, d.events.length])).toEqual([['3', 1], ['2', 1], ['1', 2]]);
});

it('says the lines of one order at once, with their sum', () => {
  const line = (product: string, value: string, at = 5) => ({ event: 'order_placed', at, value, properties: { product } });
  const groups = together([line('Tea', '3.5'), line('Cup', '7'), line('Pot', '20'), line('Tray', '9'), line('Tea', '3.5', 4)]);
  expect(groups.map((g) => g.all.length)).toEqual([4, 1]);
  expect(sentenceOfAll(groups[0]?.all ?? [], 'EUR')).toEqual({ kind: 'order', text: 'Bought 4 things', amount: '€39.50', details: ['Tea', 'Cup', 'Pot', '1 more'] });
});
