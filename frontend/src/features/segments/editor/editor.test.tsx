import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Explained } from '@/components/explained/Explained';
import type { Explanation } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, show, showAt } from '@/testing/render';
import { dayBefore, endOfDay, startOfDay } from './days';
import { Movers } from './Movers';

const leaf: Explanation = { path: 'root', sentence: 'bought at least 2 times', holds: false, seen: 'orders: 1', wanted: 'at least 2', children: [], flip: { sentence: 'one more order', changes: [{ path: 'root', what: 'one more order' }], by_itself: null } };

describe('days', () => {
  const later = Date.UTC(2027, 0, 1);
  it.each(['UTC', 'Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'America/Sao_Paulo'])('end a millisecond before the next begins in %s', (zone) => {
    for (let day = '2026-01-01', n = 1; n < 365; n++) {
      const next = new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
      expect(endOfDay(day, zone, later) + 1).toBe(startOfDay(next, zone));
      day = next;
    }
  });
  it.each([
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
    ['2026-05-03', 'America/New_York', '2026-05-03T04:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'], // midnight was skipped
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'], // the hour before it came twice
    ['2026-05-03', 'Asia/Kathmandu', '2026-05-02T18:15:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, at) => expect(new Date(startOfDay(day, zone)).toISOString()).toBe(at));
  it('that are not over yet, or none, are now', () => {
    expect(endOfDay('', 'UTC')).toBe(0);
    expect(endOfDay(dayBefore(0, 'Europe/Paris'), 'Europe/Paris')).toBe(0);
    expect(startOfDay('nonsense', 'UTC')).toBe(0);
    expect(dayBefore(1, 'Asia/Tokyo', Date.UTC(2026, 4, 3, 16))).toBe('2026-05-03');
  });
});

describe('why', () => {
  it('says what was wanted and what would turn it', () => {
    backend({ 'Segments.Vocabulary': () => null });
    show(<Explained explanation={leaf} />);
    expect(screen.getByText(/orders: 1 · wanted at least 2/)).toBeTruthy();
    expect(screen.getByText('One more order.')).toBeTruthy();
  });
  it('says once what only time turns', () => {
    backend({ 'Segments.Vocabulary': () => null });
    const late = { at: 1, why: 'the order falls out', sentence: 'leaves by itself on 12 August 2026, when the order falls out' };
    show(<Explained explanation={{ ...leaf, holds: true, flip: { sentence: 'by itself on 12 August 2026, when the order falls out', changes: [{ path: 'root', what: '' }], by_itself: late } }} />);
    expect(screen.getAllByText(/12 August 2026/)).toHaveLength(1);
  });
});

it('who came and went is told with what turned, again for other days, with no barriers', async () => {
  const { calls } = backend({
    'Segments.Movers': () => ({ from: 1, to: 2, before: 3, now: 4, came: 2, went: 1, people: [{ person: { id: 7, email: 'ann@shop.example', name: 'Ann' }, came: true, why: [{ sentence: 'bought', holds: true, before: 'orders: 0', now: 'orders: 1' }] }] }),
  });
  await showAt('/', <Movers opened onClose={() => undefined} condition={{ kind: 'everyone' }} />);
  await screen.findByText('Ann');
  expect(screen.getByText('orders: 0')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('From the beginning of'), { target: { value: '2026-01-01' } });
  await waitFor(() => expect(calls.filter((c) => c.method === 'Segments.Movers').at(-1)?.args[0]).toMatchObject({ from: startOfDay('2026-01-01', Intl.DateTimeFormat().resolvedOptions().timeZone) }));
  expect(await barriers(document.body)).toEqual([]);
});
