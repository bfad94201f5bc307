import { expect, it } from 'vitest';
import { interrupted, nextOf, partsOf, settledOf, standingOf } from './outbox';

const run = (state: string, counts: Record<string, number> = {}, live = false) => ({ state, counts, live });

it.each([
  ['draft', run('draft'), 'Draft', 'Check it'],
  ['composed', run('planned', { planned: 3 }), 'Composed', 'Send 3 messages'],
  ['being sent', run('running', { planned: 3 }, true), 'Sending', ''],
  ['cut short', run('running', { planned: 1, sending: 2 }), 'Interrupted', 'Go on with 1 message'],
  ['paused', run('paused', { planned: 1200 }), 'Paused', 'Go on with 1\u202f200 messages'],
  ['sent', run('finished', { accepted: 9 }), 'Sent', ''],
  ['sent but for two', run('finished', { accepted: 9, unknown: 2 }), 'Sent, 2 unknown', 'Decide about 2 messages'],
])('a campaign that is %s', (_, r, words, next) => {
  expect(standingOf(r).words).toBe(words);
  expect(nextOf(r)).toBe(next);
});

it('is interrupted only while nobody is at it', () => {
  expect(interrupted({ state: 'running', live: true })).toBe(false);
  expect(interrupted({ state: 'paused', live: false })).toBe(false);
});

it('shows the states that occur, those to come last', () => {
  expect(partsOf({ planned: 2, rejected: 0, accepted: 5, sending: 1 }).map((p) => [p.key, p.value])).toEqual([
    ['accepted', 5],
    ['sending', 1],
    ['planned', 2],
  ]);
  expect(settledOf({ planned: 2, accepted: 5, sending: 1, failed: 1 })).toBe(6);
});
