import { describe, expect, it } from 'vitest';
import type { ImportPlan, PlannedColumn } from '@/lib/generated/api';
import { eventOfFile, firstChoices, kindOfFile, missing, requestOf, withKind, withTarget, withType } from './request';

const column = (index: number, header: string, target: string): PlannedColumn => ({ index, header, target, type: 'text', stated: false, samples: [], becomes: [], filled: 1, empty: 0, distinct: 1 });
const plan = { columns: [column(0, 'mail', 'email'), column(1, 'city', 'attribute:city'), column(2, 'town', 'attribute:town')] };

describe('what a file is', () => {
  it.each([
    ['/home/anna/customers.csv', 'contacts', ''],
    ['C:\\Exports\\shop_orders.csv', 'events', 'order_placed'],
    ['/tmp/orders/products.csv', 'products', ''],
    ['cart-export.csv', 'events', 'cart_updated'],
    ['transactions 2026.csv', 'events', 'order_placed'],
  ])('%s', (path, kind, event) => {
    expect(kindOfFile(path)).toBe(kind);
    expect(eventOfFile(path)).toBe(event);
  });
});

describe('what is asked of the program', () => {
  const choices = firstChoices('/x/customers.csv');

  it('leaves the columns to it until one is decided', () => expect(requestOf(choices, plan as ImportPlan).columns).toEqual([]));

  it('then names all, since those left out would be ignored', () =>
    expect(requestOf(withTarget(choices, plan, 1, 'ignore'), plan).columns).toEqual([
      { index: 0, target: 'email', type: '' },
      { index: 1, target: 'ignore', type: '' },
      { index: 2, target: 'attribute:town', type: '' },
    ]));

  it('never makes two columns one thing: the later choice wins', () =>
    expect(requestOf(withTarget(choices, plan, 2, 'attribute:city'), plan).columns.map((c) => c.target)).toEqual(['email', 'ignore', 'attribute:city']));

  it('may leave out as many as one likes', () => {
    const both = withTarget(withTarget(choices, plan, 1, 'ignore'), plan, 2, 'ignore');
    expect(requestOf(both, plan).columns.map((c) => c.target)).toEqual(['email', 'ignore', 'ignore']);
  });

  it('keeps the target when the type is stated', () => expect(requestOf(withType(choices, plan, 1, 'list'), plan).columns[1]).toEqual({ index: 1, target: 'attribute:city', type: 'list' }));

  it('forgets what was decided of columns when the kind is another', () => {
    const made = withKind(withTarget({ ...choices, consent: [{ purpose: 'marketing', source: 'till' }] }, plan, 1, 'ignore'), 'products');
    expect(made.columns).toEqual({});
    expect(made.consent).toEqual([]);
  });
});

describe('what is lacking', () => {
  const whole = { ...plan, problem: '', questions: [] } as unknown as ImportPlan;
  const choices = firstChoices('/x/customers.csv');
  it('is nothing', () => expect(missing(choices, whole)).toBe(''));
  it('is what the program says', () => expect(missing(choices, { ...whole, problem: 'no column holds the email' })).toBe('No column holds the email.'));
  it('is an answer about dates', () => expect(missing(choices, { ...whole, questions: [{ field: 'date_order', message: '', options: [] }] })).toMatch(/dates/));
  it('is where people agreed', () => expect(missing({ ...choices, consent: [{ purpose: 'marketing', source: ' ' }] }, whole)).toBe('Say where people agreed to marketing.'));
});
