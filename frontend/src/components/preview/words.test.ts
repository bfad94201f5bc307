import { expect, it } from 'vitest';
import type { BlockTrace } from '@/lib/generated/api';
import { branchOf, outcome, placeInWords } from './words';

it.each([
  ['subject, line 1, column 35', 'the subject, line 1, column 35'],
  ['blocks[1].content', 'the text of block 2'],
  ['blocks[0].variants.vip.url', 'the link of variant “vip” of block 1'],
  ['blocks[2].columns[1].blocks[0].fallback', 'the fallback of block 1 of column 2 of block 3'],
  ['blocks[0].rule.branches[1].when', 'the condition of branch 2 of the rule of block 1'],
  ['title.content, line 2, column 1', 'the text of the title, line 2, column 1'],
  ['', 'the template'],
])('%s is %s', (path, words) => expect(placeInWords(path)).toBe(words));

const block: BlockTrace = { id: 'offer', path: 'blocks[0]', kind: 'choice', depth: 0, rule: null, variant: '', fallback: false, reason: '', hidden: false, missing: [], picks: [], start: 0, end: 0 };
const tried = (path: string, name: string, choose: string, holds: boolean) => ({ path, name, choose, holds, because: null });

it('tells a fallback before a variant', () => {
  expect(outcome({ ...block, variant: 'vip' })).toBe('vip');
  expect(outcome({ ...block, variant: 'vip', fallback: true })).toBe('fallback');
  expect(outcome({ ...block, hidden: true })).toBe('not shown');
});

it.each([
  ['the branch that holds', 'b', 'branches[1]', [tried('branches[0]', 'A', 'a', false), tried('branches[1]', 'B', 'b', true)], 'B'],
  ['the default', 'd', 'default', [tried('branches[0]', 'A', 'a', false)], 'no branch holds, so the default'],
  ['the default of a nested rule', 'e', 'branches[0].then.default', [tried('branches[0]', 'VIP', '', true), tried('branches[0].then.branches[0]', 'Quiet', 'q', false)], 'VIP, and none of its own branches'],
  ['a branch within a branch', 'q', 'branches[0].then.branches[0]', [tried('branches[0]', 'VIP', '', true), tried('branches[0].then.branches[0]', 'Quiet', 'q', true)], 'Quiet'],
  ['a nested rule that chose nothing is not what chose', 'd', 'default', [tried('branches[0]', 'VIP', '', true)], 'no branch holds, so the default'],
  ['nothing at all', '', '', [], 'no branch holds, and there is no default'],
])('says what chose: %s', (_, chosen, path, list, want) => expect(branchOf({ ...block, rule: { chosen, path, tried: list } })).toBe(want));
