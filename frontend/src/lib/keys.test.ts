import { describe, expect, it } from 'vitest';
import { keycaps, typing, written } from './keys';

const key = (k: string, more: object = {}) => ({ key: k, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('written', () => {
  it.each([
    [key('k', { ctrlKey: true }), 'mod+k'],
    [key('?', { shiftKey: true }), '?'],
    [key('P', { shiftKey: true, ctrlKey: true }), 'shift+mod+p'],
    [key('ArrowDown'), 'arrowdown'],
    [key('Control', { ctrlKey: true }), ''],
  ])('%o', (event, want) => expect(written(event)).toBe(want));
});

describe('typing', () => {
  it('belongs to the field, save with Ctrl', () => {
    const input = document.createElement('input');
    expect(typing({ ...key('g'), target: input })).toBe(true);
    expect(typing({ ...key('k', { ctrlKey: true }), target: input })).toBe(false);
    expect(typing({ ...key('g'), target: document.createElement('button') })).toBe(false);
  });
});

it('draws caps of a sequence', () => expect(keycaps('g c')).toEqual([['G'], ['C']]));
