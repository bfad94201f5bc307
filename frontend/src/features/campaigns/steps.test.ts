import { expect, it } from 'vitest';
import type { Campaign, CampaignAudience, Proof, RunStatus, Settings } from '@/lib/generated/api';
import { blocking, composedBefore, fixed, gapsOf, staleness, stepsOf, type Facts } from './steps';

const campaign: Campaign = { name: 'Autumn', template: 'autumn', include: ['vip'], purpose: 'marketing', from: { name: 'Shop', email: 'hello@shop.example' }, esp: 'post' };
const settings = { default_unsubscribe: 'mailto:stop@shop.example' } as Settings;
const audience: CampaignAudience = { included: 12, permitted: 10, excluded: [], as_of: 1 };
const check = { messages: 10, failed: 0, problems: [], at: 100, campaign_version: 3, template_version: 2, campaign: 'autumn' } as unknown as Proof;
const draft = { run: 0, state: 'draft', counts: {}, live: false, total: 0, excluded: [], as_of: 0 } as unknown as RunStatus;
const facts: Facts = { doc: { slug: 'autumn', version: 3, campaign, state: 'draft', updated_at: 1 }, audience, settings, templateVersion: 2, templateName: 'Autumn letter', check, status: draft, checking: false };
const run = (state: string, counts: Record<string, number>, more: Partial<RunStatus> = {}): RunStatus => ({ ...draft, run: 1, state, counts, total: 10, ...more });

const states = (f: Facts) => stepsOf(f).steps.map((s) => s.state);

it('leads from nothing to sending, one step at a time', () => {
  expect(stepsOf({ ...facts, audience: { ...audience, permitted: 0 } }).next).toBe('audience');
  expect(stepsOf({ ...facts, doc: { ...facts.doc, campaign: { ...campaign, template: '' } } }).next).toBe('content');
  expect(stepsOf({ ...facts, check: null }).next).toBe('check');
  expect(stepsOf({ ...facts, check: { ...check, problems: ['choose a sender'] } }).next).toBe('mend');
  expect(stepsOf(facts).next).toBe('send');
  expect(states(facts)).toEqual(['done', 'done', 'done', 'next']);
});

it.each<[string, Partial<Facts>, RegExp]>([
  ['the campaign', { doc: { ...facts.doc, version: 4 } }, /campaign has changed/],
  ['the template', { templateVersion: 3 }, /template has changed/],
  ['the audience', { audience: { ...audience, permitted: 11 } }, /10 people then, 11 now/],
])('a check of before %s changed does not allow to send', (_, change, words) => {
  const f = { ...facts, ...change };
  expect(staleness(f)).toMatch(words);
  expect(stepsOf(f).next).toBe('check');
});

it('a pinned version is not touched by a newer one', () => expect(staleness({ ...facts, templateVersion: 2 })).toBe(''));

it('nothing is sent when not one message could be composed', () => {
  expect(blocking({ ...check, failed: 10 })).toEqual(['not one message could be composed']);
  expect(blocking({ ...check, failed: 9 })).toEqual([]);
  expect(stepsOf({ ...facts, check: { ...check, failed: 9 } }).steps[2]).toMatchObject({ state: 'attention', says: '9 people get no message' });
});

it('asks for a way to unsubscribe of marketing mail only', () => {
  const without = { default_unsubscribe: '' };
  expect(gapsOf(campaign, without).map((g) => g.field)).toEqual(['unsubscribe']);
  expect(gapsOf({ ...campaign, purpose: 'receipts' }, without)).toEqual([]);
  expect(gapsOf({ ...campaign, unsubscribe: 'https://shop.example/stop' }, without)).toEqual([]);
});

it('tells what is wrong from what is not there yet', () => {
  expect(gapsOf({ ...campaign, from: { email: 'hello@shop' }, reply_to: 'a b@c.de' }, settings).map((g) => [g.field, g.wrong])).toEqual([
    ['from.email', true],
    ['reply_to', true],
  ]);
  expect(gapsOf({ ...campaign, from: { email: '' } }, settings)[0]?.wrong).toBe(false);
});

it('an interrupted or paused run is gone on with; unknown messages are decided about', () => {
  expect(stepsOf({ ...facts, status: run('running', { accepted: 4, sending: 2, planned: 4 }) }).next).toBe('resume');
  expect(stepsOf({ ...facts, status: run('running', { accepted: 4, planned: 6 }, { live: true }) }).next).toBe('none');
  expect(stepsOf({ ...facts, status: run('paused', { accepted: 4, planned: 6 }) }).next).toBe('resume');
  expect(stepsOf({ ...facts, status: run('finished', { accepted: 9, unknown: 1 }) }).next).toBe('decide');
  expect(stepsOf({ ...facts, status: run('finished', { accepted: 10 }) }).next).toBe('none');
});

it('what has left fixes the audience and the content; a plan alone does not', () => {
  expect(fixed(run('planned', { planned: 10 }))).toBe(false);
  expect(fixed(run('paused', { planned: 9, failed: 1 }))).toBe(false);
  expect(fixed(run('paused', { planned: 9, accepted: 1 }))).toBe(true);
  expect(fixed(run('finished', { accepted: 10 }))).toBe(true);
});

it('messages that were composed before the check are composed anew', () => {
  expect(composedBefore(run('planned', { planned: 10 }, { as_of: 99 }), check)).toBe(true);
  expect(composedBefore(run('planned', { planned: 10 }, { as_of: 101 }), check)).toBe(false);
  expect(composedBefore(run('paused', { planned: 9, accepted: 1 }, { as_of: 99 }), check)).toBe(false);
});
