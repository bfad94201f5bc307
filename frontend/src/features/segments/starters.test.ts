import { describe, expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import type { Vocabulary } from '@/lib/generated/api';
import { startersFrom, startersMissing } from './starters';

const event = (name: string, value_type = '', properties: { name: string; type: string }[] = []) => ({ name, count: 1, value_type, properties });
const made = (v: Partial<Vocabulary>) => startersFrom({ ...noVocabulary, ...v });
const keys = (v: Partial<Vocabulary>) => made(v).map((s) => s.key);

describe('ready-made segments', () => {
  it('are made of what there is, and of nothing else', () => {
    expect(keys({})).toEqual([]);
    expect(keys({ events: [event('cart_updated')] })).toEqual([]);
    expect(keys({ events: [event('order_placed')] })).toEqual(['new', 'active', 'at-risk', 'dormant', 'one-time', 'never-bought']);
    expect(keys({ events: [event('order_placed', 'money'), event('cart_updated')], attributes: [{ name: 'birthday', label: 'Birthday', type: 'date', filled: 1 }], purposes: ['marketing'] })).toEqual([
      'new', 'active', 'vip', 'at-risk', 'dormant', 'one-time', 'never-bought', 'abandoned-cart', 'birthday-soon', 'agreed',
    ]);
  });

  it('find events by names that are nearly the usual ones', () => {
    const vip = made({ events: [event('pre_order_noted'), event('webshop_order', 'money')] }).find((s) => s.key === 'vip');
    expect(vip?.condition).toMatchObject({ event: 'webshop_order', measure: 'sum' });
  });

  it('ask for scores where the workspace has them', () => {
    const attributes = ['rfm.segment', 'engagement.score'].map((name) => ({ name, label: name, type: name === 'rfm.segment' ? 'text' : 'number', filled: -1 }));
    const all = made({ events: [event('order_placed', 'money'), event('email_opened')], attributes });
    expect(all.find((s) => s.key === 'at-risk')?.condition).toEqual({ kind: 'attribute', attribute: 'rfm.segment', op: 'in', values: ['at risk', 'cannot lose'] });
    expect(all.find((s) => s.key === 'engaged')?.condition).toMatchObject({ attribute: 'engagement.score' });
    expect(all.map((s) => s.key)).toContain('never-opened');
    const others = made({ events: [event('sale', 'money')], attributes });
    expect(others.find((s) => s.key === 'at-risk')?.condition).toMatchObject({ kind: 'all' });
  });

  it('say which data the others need', () => {
    expect(startersMissing(noVocabulary)).toHaveLength(5);
    expect(startersMissing({ ...noVocabulary, events: [event('order_placed', 'money'), event('cart_updated')] })).toEqual([
      expect.stringMatching(/Birthday/), expect.stringMatching(/email_opened/), expect.stringMatching(/Engaged/),
    ]);
  });

  it('count orders, not their lines, where orders have numbers', () => {
    const once = (properties: { name: string; type: string }[]) => made({ events: [event('order_placed', '', properties)] }).find((s) => s.key === 'one-time')?.condition;
    expect(once([{ name: 'order_id', type: 'text' }])).toMatchObject({ measure: 'distinct', property: 'order_id', op: 'eq', value: 1 });
    expect(once([])).toEqual({ kind: 'event', event: 'order_placed', op: 'eq', value: 1 });
  });
});
