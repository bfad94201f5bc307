import { expect, test } from 'vitest';
import type { RuleRule } from '@/lib/generated/api';
import { flat, moved, nested, otherwise, withBranch } from './rule';

const everyone = { kind: 'everyone' };
const rule: RuleRule = { branches: [{ name: 'a', when: everyone, choose: 'x' }, { name: 'b', when: everyone, choose: 'y' }], default: 'z' };

test('a branch is changed, taken away and moved, and the others stay', () => {
  expect(withBranch(rule, 1, (b) => ({ ...b, choose: 'w' })).branches.map((b) => b.choose)).toEqual(['x', 'w']);
  expect(withBranch(rule, 0, () => null).branches.map((b) => b.name)).toEqual(['b']);
  expect(moved(rule, 0, 1).branches.map((b) => b.name)).toEqual(['b', 'a']);
  expect(moved(rule, 0, -1).branches.map((b) => b.name)).toEqual(['a', 'b']);
  expect(rule.branches.map((b) => b.choose)).toEqual(['x', 'y']);
});

test('a branch that holds a rule chooses by it, and goes back to what it chose', () => {
  const [a] = rule.branches;
  if (!a) throw new Error('no branch');
  const inner = nested(a, { name: '', when: everyone, choose: 'y' });
  expect(inner).toEqual({ name: 'a', when: everyone, then: { branches: [{ name: '', when: everyone, choose: 'y' }], default: 'x' } });
  expect(flat(inner)).toEqual(a);
});

test('a rule that chooses nothing otherwise has no default', () => {
  expect(otherwise(rule, null)).toEqual({ branches: rule.branches });
  expect(otherwise(rule, 'x').default).toBe('x');
});
