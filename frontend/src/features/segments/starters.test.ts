import { describe, expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import type { Vocabulary } from '@/lib/generated/api';
import { startersFrom } from './starters';

const event = (name: string, value_type = '', properties: { name: string; type: string }[] = []) => ({ name, count: 1, value_type, properties });
const made = (v: Partial<Vocabulary>) => startersFrom({ ...noVocabulary, ...v });
const keys = (v: Partial<Vocabulary>) => made(v).map((s) => s.key);

describe('ready-made segments', () => {
  it('are made of what there is, and of nothing else', () => {
    expect(keys({})).toEqual([]);
    expect(keys({ events: [event('cart_updated')] })).toEqual([]);
    expect(keys({ events: [event('order_placed')] })).toEqual(['new', 'at-risk', 'dormant', 'one-time', 'never-bought']);
    expect(keys({ events: [event('order_placed', 'money'), event('cart_updated')], attributes: [{ name: 'birthday', label: 'Birthday', type: 'date', filled: 1 }], purposes: ['marketing'] })).toEqual([
      'new', 'vip', 'at-risk', 'dormant', 'one-time', 'never-bought', 'abandoned-cart', 'birthday-soon', 'agreed',
    ]);
  });

  it('find events by names that are nearly the usual ones', () => {
    const vip = made({ events: [event('pre_order_noted'), event('webshop_order', 'money')] }).find((s) => s.key === 'vip');
    expect(vip?.condition).toMatchObject({ event: 'webshop_order', measure: 'sum' });
  });

  it('count orders, not their lines, where orders have numbers', () => {
    const once = (properties: { name: string; type: string }[]) => made({ events: [event('order_placed', '', properties)] }).find((s) => s.key === 'one-time')?.condition;
    expect(once([{ name: 'order_id', type: 'text' }])).toMatchObject({ measure: 'distinct', property: 'order_id', op: 'eq', value: 1 });
    expect(once([])).toEqual({ kind: 'event', event: 'order_placed', op: 'eq', value: 1 });
  });
});
