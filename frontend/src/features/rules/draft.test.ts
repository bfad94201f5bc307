import { describe, expect, it } from 'vitest';
import { choicesOf, draftOf, flat, jsonOf, moved, nested, unfinished, withBranch, type DraftRule } from './draft';

const vip = { kind: 'segment', segment: 'vip', op: 'in' } as const;
const json = {
  branches: [
    { name: 'VIP', when: vip, then: { branches: [{ name: 'Quiet', when: vip, choose: 'gift' }], default: 'early' } },
    { name: 'Shoes', when: vip, choose: 'socks' },
  ],
  default: 'collection',
};

const names = (r: DraftRule): string => r.branches.map((b) => (b.then ? `${b.name}(${names(b.then)})` : b.name)).join(' ');
const idOf = (r: DraftRule, name: string): string => r.branches.flatMap((b) => (b.name === name ? [b.id] : b.then ? [idOf(b.then, name)] : [])).find(Boolean) ?? '';

describe('a rule', () => {
  it('is written as it was read', () => expect(jsonOf(draftOf(json))).toEqual(json));
  it('is empty when it cannot be read', () => expect(draftOf('nonsense')).toEqual({ branches: [], default: '' }));

  it('is moved within its own branches only, and not beyond their ends', () => {
    const r = draftOf(json);
    expect(names(moved(r, idOf(r, 'Shoes'), (i) => i - 1))).toBe('Shoes VIP(Quiet)');
    expect(names(moved(r, idOf(r, 'Shoes'), (i) => i + 1))).toBe('VIP(Quiet) Shoes');
    expect(names(moved(r, idOf(r, 'Quiet'), (i) => i - 5))).toBe('VIP(Quiet) Shoes');
  });

  it('loses a branch however deep it is', () => {
    const r = draftOf(json);
    expect(names(withBranch(r, idOf(r, 'Quiet'), () => null))).toBe('VIP() Shoes');
  });

  it('keeps its choice as the default of a rule inside, and back', () => {
    const b = draftOf(json).branches[1];
    if (!b) throw new Error('there is a second branch');
    expect(nested(b)).toMatchObject({ choose: '', then: { default: 'socks', branches: [{ choose: '' }] } });
    expect(flat(nested(b))).toMatchObject({ choose: 'socks', then: null });
  });

  it('knows what it can choose, each once', () => expect(choicesOf(draftOf(json))).toEqual(['gift', 'early', 'socks', 'collection']));

  it('says what it lacks', () => {
    expect(unfinished(draftOf(json))).toBe('');
    expect(unfinished(draftOf({ branches: [] }))).toBe('Add a branch first.');
    expect(unfinished(draftOf({ branches: [{ name: 'VIP', when: vip, then: { branches: [{ name: 'Quiet', when: vip }] } }] }))).toBe('Say what “Quiet” chooses.');
  });
});
