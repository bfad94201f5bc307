import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import type { SegmentHistory } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import LifePage from './Page';
import { causeOf, freshness, isDue, movedSince, placeOf, pointsOf, reviewOf } from './words';

const person = { id: 4, email: 'anna@shop.example', name: 'Anna Keller' };
const history: SegmentHistory = {
  segment: { slug: 'vip', name: 'Best customers', note: 'They get everything first.', condition: { kind: 'everyone' }, version: 2, updated_at: 1, owner: 'Lea', review_on: '2020-05-03', frozen_at: 0, place: { group: 'ladder', name: 'Ladder', place: 1, of: 3 } },
  as_of: Date.now(), size: 12, error: '',
  days: [{ date: '2026-05-01', size: 10, joined: 0, left: 0, edited: false }, { date: '2026-05-03', size: 12, joined: 3, left: 1, edited: true }],
  changes: [{ at: 5, cause: 'data', version: 2, size: 12, joined: 1, left: 0, who: [{ slug: 'vip', name: 'Best customers', person, joined: true, at: 5, cause: 'data' }] }],
};
const versions = [{ version: 2, at: 9, author: 'window', note: '' }, { version: 1, at: 1, author: 'demo', note: '' }];
const answers = {
  'Segments.History': () => history,
  'Segments.Versions': () => versions,
  'Segments.Version': (_: string, version: number) => ({ ...versions[2 - version], name: 'Best customers', condition: version === 1 ? { kind: 'everyone' } : { kind: 'segment', segment: 'tea', op: 'in' }, sentence: version === 1 ? 'everyone' : 'in the segment “tea”' }),
  'Segments.Vocabulary': () => noVocabulary,
  'Segments.Restore': () => history.segment,
  'Segments.Freeze': () => history.segment,
  'Segments.LookAfter': () => null,
};
const page = () => showAt('/segments/vip/life', <LifePage />);

const argsOf = (calls: { method: string; args: unknown[] }[], method: string) => calls.filter((c) => c.method === method).map((c) => c.args);

describe('a segment over time', () => {
  it('says how fresh it is, who joined, and that its review is due; with no barriers', async () => {
    backend(answers);
    const { container } = await page();
    expect(await screen.findByText(/12 people · current as of \d\d:\d\d/)).toBeDefined();
    expect(screen.getByText(/\+ Anna Keller/)).toBeDefined();
    expect(screen.getByText('review was due 3 May 2020')).toBeDefined();
    expect(screen.getByText('3 people joined and 1 person left since 1 May 2026')).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  }, 30_000);

  it('shows a version in words and restores it', async () => {
    const { calls } = backend(answers);
    await page();
    fireEvent.click(await screen.findByRole('button', { name: /Version 1/ }));
    expect(await screen.findByText('Everyone.')).toBeDefined();
    expect(screen.getByText(/Now: In the segment “tea”/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Restore version 1' }));
    await waitFor(() => expect(argsOf(calls, 'Segments.Restore')).toEqual([['vip', 1]]));
  }, 30_000);

  it('is frozen as a new list, so that it stays live itself', async () => {
    const { calls } = backend(answers);
    await page();
    fireEvent.click(await screen.findByRole('button', { name: 'Freeze as a list' }));
    fireEvent.change(await screen.findByLabelText('Name of the list'), { target: { value: 'May' } });
    fireEvent.click(screen.getByRole('button', { name: 'Freeze' }));
    await waitFor(() => expect(argsOf(calls, 'Segments.Freeze')).toEqual([[{ slug: 'vip', as: '', name: 'May' }]]));
  }, 30_000);

  it('keeps who looks after it', async () => {
    const { calls } = backend(answers);
    await page();
    fireEvent.change(await screen.findByLabelText('Owner'), { target: { value: 'Max' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    await waitFor(() => expect(argsOf(calls, 'Segments.LookAfter')).toEqual([['vip', 'They get everything first.', { owner: 'Max', review_on: '2020-05-03' }]]));
  }, 30_000);
});

describe('words', () => {
  it('says as of when, with the day where that is not today', () => {
    const noon = new Date('2026-05-03T12:00:00').getTime();
    expect(freshness(noon - 78 * 60_000, noon)).toBe('current as of 10:42');
    expect(freshness(noon - 86_400_000, noon)).toBe('current as of 2 May 2026, 12:00');
    expect(freshness(0, noon)).toBe('joins and leaves are noted from now on');
  });

  it('tells a review that is due from one to come', () => {
    expect([isDue('', '2026-05-03'), isDue('2026-05-03', '2026-05-03'), isDue('2026-05-04', '2026-05-03')]).toEqual([false, true, false]);
    expect(reviewOf('2026-05-04', '2026-05-03')).toBe('review by 4 May');
  });

  it('draws the line on to today', () => {
    expect(pointsOf(history.days, '2026-05-09').at(-1)).toEqual({ date: '2026-05-09', size: 12 });
    expect(pointsOf(history.days, '2026-05-03')).toHaveLength(2);
    expect(pointsOf([], '2026-05-03')).toEqual([]);
  });

  it('names causes, places and what moved', () => {
    expect(placeOf(history.segment.place)).toBe('first of 3 in Ladder');
    expect(history.changes.map((c) => causeOf(c))).toEqual(['What is known of people changed']);
    expect(movedSince([{ date: '2026-05-01', size: 1, joined: 0, left: 0, edited: false }])).toBe('nobody joined or left since 1 May 2026');
  });
});
