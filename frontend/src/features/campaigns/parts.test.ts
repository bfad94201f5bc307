import { expect, it } from 'vitest';
import { progressInWords } from '@/components/progress/WorkProgress';
import type { Proof, ProofGroup, ProofVariant } from '@/lib/generated/api';
import { copyName } from './api';
import { audienceInWords } from './CampaignList';
import { summary } from './check/Check';
import { findingPlace, ranked, saidOf } from './check/Findings';
import { branchInWords, choicesOf } from './check/Variants';
import { begun } from './NewCampaign';
import { wordsOfNext } from './NextButtons';
import { whyNot } from './useCampaignState';
import { startWith } from './useOpenSteps';

const group = (kind: string, count: number, message = '', place = ''): ProofGroup => ({ kind, count, message, place, contacts: [], was: -1, item: 1, do: '', by: '', decided_at: '' });
const variant = (path: string, name: string, count: number): ProofVariant => ({ block: 'offer', path, variant: name, branch: 'default', name: '', sort: 'branch', was: -1, item: 1, count, contacts: [] });

it.each([
  ['Autumn', [], 'Autumn copy'],
  ['Autumn', ['Autumn copy'], 'Autumn copy 2'],
  ['Autumn copy 2', ['Autumn copy', 'Autumn copy 2'], 'Autumn copy 3'],
])('a copy of %s has a name of its own', (name, taken, copy) => expect(copyName(name, taken)).toBe(copy));

it('says an audience by the names of its segments', () => {
  const names = new Map([['vip', 'Best customers'], ['old', 'Dormant']]);
  expect(audienceInWords({ include: [], exclude: [] }, names)).toBe('All contacts');
  expect(audienceInWords({ include: ['vip', 'gone'], exclude: ['old'] }, names)).toBe('Best customers or gone, without Dormant');
});

it('puts what is worst first, then what concerns most', () => {
  const list = ranked([group('fallback', 90), group('missing', 3), group('error', 1), group('missing', 30)]);
  expect(list.map((g) => [g.kind, g.count])).toEqual([['error', 1], ['missing', 30], ['missing', 3], ['fallback', 90]]);
});

it.each([
  [group('missing', 1, 'city'), 'has no “city”, and nothing stands in for it'],
  [group('error', 4, 'divided by 0'), 'get no message: divided by 0'],
  [group('subject', 1, 'the subject is empty'), 'gets a message without a subject'],
])('a finding is a sentence', (g, words) => expect(saidOf(g)).toBe(words));

it.each([
  ['subject', 'In the subject'],
  ['math, line 1, column 369', 'In the block “math”'],
  ['blocks[1].variants.vip', 'In variant “vip” of block 2'],
  ['', ''],
])('the place %s', (place, words) => expect(findingPlace(place)).toBe(words));

it('groups variants by the block that chooses, blocks in their order', () => {
  const found = choicesOf([variant('blocks[10]', 'x', 1), variant('blocks[2]', 'a', 1), variant('blocks[2]', 'b', 5)]);
  expect(found.map((c) => c.variants.map((v) => v.variant))).toEqual([['b', 'a'], ['x']]);
});

it('says a branch by its place', () => {
  expect(branchInWords('branches[2]')).toBe('branch 3');
  expect(branchInWords('default')).toBe('whoever is in no branch');
  expect(branchInWords('branches[0].then.branches[1]')).toBe('branch 2 of branch 1');
});

it('sums a check up in a sentence', () => {
  const check = { messages: 2000, failed: 1, skipped: 3, alike: 12, bytes_mean: 2048, bytes_max: 4096, ms: 1500 } as Proof;
  expect(summary(check)).toBe('2\u202f000 messages composed in 1.5 s, 1 fails; 2 KB each, 4 KB the largest. 3 people are left out by what was decided. 12 are the same as another’s.');
});

it('names the next step with its numbers', () => {
  expect(wordsOfNext('check', 1, 0, 0, false)).toBe('Check 1 message');
  expect(wordsOfNext('send', 1204, 0, 0, true)).toBe('Send to 1\u202f204 people…');
  expect(wordsOfNext('resume', 10, 4, 0, true)).toBe('Go on: 4 messages left');
  expect(wordsOfNext('none', 10, 0, 0, true)).toBe('');
});

it('says why nothing can be sent, the first reason first', () => {
  expect(whyNot('Choose how to send', 'It is old.', ['x'])).toMatch(/content is complete: choose how/);
  expect(whyNot(undefined, 'It is old.', ['x'])).toMatch(/It is old/);
  expect(whyNot(undefined, '', ['x'])).toMatch(/mended/);
  expect(whyNot(undefined, '', [])).toBe('');
});

it('unfolds what is next, and the audience of what has not been sent', () => {
  expect([...startWith('check')]).toEqual(['audience', 'check']);
  expect([...startWith('decide')]).toEqual(['send']);
});

it('begins with the addresses of the workspace', () => {
  expect(begun('New', undefined).from).toEqual({ name: '', email: '' });
  expect(begun('New', undefined, 'post').esp).toBe('post');
});

it('tells how far, how fast and how long still', () => {
  expect(progressInWords({ done: 400, total: 1200, unit: 'messages', rate: 200 })).toBe('400 of 1\u202f200 messages, 200 a second, about 4 s left');
  expect(progressInWords({ done: 0, total: 0, unit: 'messages', rate: 0 })).toBe('');
});
