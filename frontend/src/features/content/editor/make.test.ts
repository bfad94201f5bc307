import { expect, it } from 'vitest';
import { choicesOf, gist, made, plain } from './make';
import { idOf, visit } from './tree';

it.each(['heading', 'text', 'image', 'button', 'products', 'divider', 'spacer', 'columns', 'html', 'choice', 'block'])('makes a %s whose ids are free', (kind) => {
  const there = [{ id: `${kind}-1`, kind }, { id: 'text-2', kind: 'text' }];
  const ids = [...there, made(kind, there)].flatMap((b) => visit([b]).map((v) => idOf(v.block)));
  expect(new Set(ids).size).toBe(ids.length);
});

it('makes a choice whose every choice is a variant', () => {
  const b = made('choice', [], 'vip');
  for (const c of choicesOf(b.rule)) expect(Object.keys(b.variants ?? {})).toContain(c);
  expect(b.rule?.branches[0]?.when).toEqual({ kind: 'segment', segment: 'vip', op: 'in' });
});

it('lists the choices of nested rules, each once', () => {
  const rule = { branches: [{ when: {}, then: { branches: [{ when: {}, choose: 'a' }], default: 'b' } }, { when: {}, choose: 'a' }], default: 'c' };
  expect(choicesOf(rule)).toEqual(['a', 'b', 'c']);
});

it.each([
  ['<p>Dear {{ first_name | default: "friend" }},</p><p>hello</p>', 'Dear {first_name}, hello'],
  ['{% if city %}in {{city}}{% endif %} &amp; around', 'in {city} & around'],
])('says %s plainly', (html, want) => expect(plain(html)).toBe(want));

it('tells a block by what it holds', () => {
  expect(gist({ kind: 'image', source: 'asset:cup.png' })).toBe('cup.png');
  expect(gist({ kind: 'choice', rule_slug: 'tier', variants: {} })).toBe('by tier');
});
