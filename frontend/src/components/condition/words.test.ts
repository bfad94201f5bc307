import { describe, expect, it } from 'vitest';
import type { OpInfo, Warning } from '@/lib/generated/api';
import { scalarOf } from './InputChip';
import { commandOf, type Spot } from './keyboard';
import { negatedLeaf } from './negate';
import type { Draft, DraftGroup, EventLeaf, Leaf } from './node';
import { begin, edited, redone, undone } from './history';
import { withOp } from './vocabulary';
import { remarksOf } from './warnings';
import { inMode, modeOf, windowKind, windowOf } from './words';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys', () => {
  it.each<[string, ReturnType<typeof press>, Spot, string | null]>([
    ['Delete on a row', press('Delete'), 'row', 'delete'],
    ['Delete in a field that has something in it', press('Delete'), 'field', null],
    ['Backspace in a field that has something in it', press('Backspace'), 'field', null],
    ['Backspace in an empty field', press('Backspace'), 'empty field', 'delete'],
    ['Backspace on a word that says nothing yet', press('Backspace'), 'empty word', 'delete'],
    ['Backspace on a word that says something', press('Backspace'), 'word', null],
    ['Enter on a row', press('Enter'), 'row', 'add'],
    ['Enter in a field', press('Enter'), 'field', 'add'],
    ['Enter on a word opens it, which is the browser’s', press('Enter'), 'word', null],
    ['an arrow on a row', press('ArrowDown'), 'row', 'next'],
    ['an arrow in a field', press('ArrowDown'), 'field', null],
    ['Alt and an arrow anywhere', press('ArrowUp', { altKey: true }), 'field', 'up'],
    ['Escape in a field goes to its row', press('Escape'), 'field', 'row'],
    ['Escape on a row is the page’s', press('Escape'), 'row', null],
    ['undo, also while typing', press('z', { ctrlKey: true }), 'field', 'undo'],
    ['redo', press('Z', { ctrlKey: true, shiftKey: true }), 'row', 'redo'],
    ['duplicate', press('d', { ctrlKey: true }), 'word', 'duplicate'],
    ['wrap', press('g', { ctrlKey: true }), 'row', 'wrap'],
    ['negate', press('i', { ctrlKey: true }), 'row', 'negate'],
    ['a letter', press('d'), 'row', null],
    ['the key of a Mac elsewhere', press('d', { metaKey: true }), 'row', null],
    ['AltGr, which types signs', press('d', { ctrlKey: true, altKey: true }), 'field', null],
  ])('%s', (_, key, spot, want) => expect(commandOf(key, spot, false)).toBe(want));

  it('on a Mac are with ⌘', () => {
    expect(commandOf(press('z', { metaKey: true }), 'row', true)).toBe('undo');
    expect(commandOf(press('z', { ctrlKey: true }), 'row', true)).toBeNull();
  });
});

describe('the opposite of a row', () => {
  const event = (part: Partial<EventLeaf>): EventLeaf => ({ kind: 'event', event: 'order_placed', ...part });
  it.each<[string, Leaf, Leaf | undefined]>([
    ['is', { kind: 'attribute', attribute: 'city', op: 'is', values: ['Rome'] }, { kind: 'attribute', attribute: 'city', op: 'is_not', values: ['Rome'] }],
    ['less than has none, for those without a value', { kind: 'attribute', attribute: 'points', op: 'lt', value: 5 }, undefined],
    ['is true has none, for those without a value', { kind: 'attribute', attribute: 'vip', op: 'is_true' }, undefined],
    ['at least once', event({}), event({ op: 'eq', value: 0 })],
    ['not once', event({ op: 'eq', value: 0 }), event({})],
    ['a count is always there', event({ op: 'lt', value: 3 }), event({ op: 'gte', value: 3 })],
    ['so is a sum', event({ measure: 'sum', op: 'gt', value: 3 }), event({ measure: 'sum', op: 'lte', value: 3 })],
    ['an average is not', event({ measure: 'avg', op: 'lt', value: 3 }), undefined],
    ['days since the last are not', event({ measure: 'days_since_last', op: 'gte', value: 3 }), undefined],
    ['between has none', event({ op: 'between', value: 1, to: 2 }), undefined],
    ['consent', { kind: 'consent', purpose: 'marketing' }, { kind: 'consent', purpose: 'marketing', op: 'not_granted' }],
    ['everyone', { kind: 'everyone' }, undefined],
  ])('%s', (_, leaf, want) => expect(negatedLeaf(leaf)).toEqual(want));
});

const ops: OpInfo[] = [
  ['is', 'many'],
  ['eq', 'one'],
  ['between', 'range'],
  ['in_last', 'period'],
  ['is_set', 'none'],
].map(([op = '', arity = '']) => ({ op, arity, label: op, negative: false }));

describe('another op', () => {
  it('keeps what was compared where it can', () => {
    expect(withOp({ op: 'eq', value: 3 }, 'between', ops)).toEqual({ op: 'between', value: 3, to: undefined });
    expect(withOp({ op: 'is', values: ['a', 'b'] }, 'eq', ops)).toEqual({ op: 'eq', value: 'a' });
    expect(withOp({ op: 'eq', value: 'a' }, 'is', ops)).toEqual({ op: 'is', values: ['a'] });
  });
  it('forgets it where it has no meaning', () => {
    expect(withOp({ op: 'in_last', value: 30, unit: 'day' }, 'eq', ops)).toEqual({ op: 'eq', value: undefined });
    expect(withOp({ op: 'is', values: ['a'] }, 'is_set', ops)).toEqual({ op: 'is_set' });
    expect(withOp({ op: 'eq', value: '2026-01-01' }, 'in_last', ops)).toEqual({ op: 'in_last', value: 30, unit: 'day' });
  });
});

describe('how an event is asked about', () => {
  const order: EventLeaf = { kind: 'event', event: 'order_placed', window: { last: 90, unit: 'day' }, where: [{ property: 'sku', op: 'is', values: ['a'] }] };
  it.each(['once', 'never', 'count', 'sum', 'distinct', 'days_since_last'] as const)('%s keeps when and what of it', (mode) => {
    const made = inMode(order, mode);
    expect(made).toMatchObject({ event: 'order_placed', window: order.window, where: order.where });
    expect(modeOf(made)).toBe(mode);
  });
  it('once is the bare event', () => expect(inMode({ ...order, measure: 'sum', property: 'value', op: 'gte', value: 5 }, 'once')).toEqual(order));
  it('a sum compares what the count compared', () => expect(inMode({ ...order, op: 'lt', value: 7 }, 'sum')).toMatchObject({ measure: 'sum', op: 'lt', value: 7 }));
  it('windows are told apart while they are unfinished', () => {
    for (const kind of ['ever', 'last', 'before_last', 'dates'] as const) expect(windowKind(windowOf(kind, order.window))).toBe(kind);
    expect(windowKind({ unit: 'day', last: undefined })).toBe('last');
    expect(windowKind({ unit: 'day', before_last: undefined })).toBe('before_last');
  });
});

describe('what the program remarks', () => {
  const leaf = (id: string): Draft => ({ id, leaf: { kind: 'everyone' } });
  const warning = (path: string, kind: string, also: unknown = null): Warning => ({ path, kind, message: 'true for nobody now', people: 3, offer: '', also: also as Warning['also'] });

  it('stands with the row that it is about', () => {
    const root: DraftGroup = { id: 'r', kind: 'any', children: [leaf('a'), leaf('b')] };
    const remarks = remarksOf([warning('root.children[1]', 'redundant'), warning('root.children[7]', 'redundant')], root);
    expect([...remarks.keys()]).toEqual(['b']);
    expect(remarks.get('b')?.[0]?.text).toBe('True for nobody now');
  });
  it('is said once of a condition of one row', () => {
    const root: DraftGroup = { id: 'r', kind: 'all', children: [leaf('a')] };
    expect([...remarksOf([warning('root', 'always_false'), warning('root.children[0]', 'always_false')], root).keys()]).toEqual(['a']);
  });
});

it.each([
  ['12', 'number', 12],
  ['12.50', 'number', 12.5],
  ['12,5', 'number', 12.5],
  ['-.5', 'number', -0.5],
  ['12345678901234567.89', 'number', '12345678901234567.89'],
  ['twelve', 'number', 'twelve'],
  [' ', 'number', undefined],
  ['007', 'text', '007'],
] as const)('typed %j as %s is %j', (text, type, want) => expect(scalarOf(text, type)).toBe(want));

describe('undo', () => {
  it('goes back and forth, and forgets the future once something else is done', () => {
    let h = begin('a');
    h = edited(h, 'b');
    h = edited(h, 'c');
    h = undone(undone(h));
    expect(h.now).toBe('a');
    expect(redone(h).now).toBe('b');
    h = edited(redone(h), 'x');
    expect(redone(h)).toBe(h);
    expect(undone(h).now).toBe('b');
    expect(undone(begin('a')).now).toBe('a');
  });
  it('takes typing on in a field as one edit, but not after a pause or in another', () => {
    let h = edited(begin(''), '1', 'value', 0);
    h = edited(h, '12', 'value', 400);
    expect(undone(h).now).toBe('');
    h = edited(h, '123', 'value', 5000);
    expect(undone(h).now).toBe('12');
    h = edited(h, '123x', 'other', 5100);
    expect(undone(h).now).toBe('123');
  });
});
