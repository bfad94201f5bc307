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
  it('end a millisecond before the next begins', () => expect(endOfDay('2026-05-03', Date.UTC(2027, 0, 1)) + 1).toBe(startOfDay('2026-05-04')));
  it('that are not over yet, or none, are now', () => {
    expect(endOfDay('')).toBe(0);
    expect(endOfDay(dayBefore(0))).toBe(0);
    expect(startOfDay('nonsense')).toBe(0);
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
  await waitFor(() => expect(calls.filter((c) => c.method === 'Segments.Movers').at(-1)?.args[0]).toMatchObject({ from: startOfDay('2026-01-01') }));
  expect(await barriers(document.body)).toEqual([]);
});
