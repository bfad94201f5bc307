import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SegmentGroup } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { Groups } from './Groups';
import { moved } from './order';

const rung = (slug: string, fits: number, count: number) => ({ slug, name: slug.toUpperCase(), fits, count, error: '' });
const ladder: SegmentGroup = { slug: 'ladder', name: 'Ladder', version: 3, count: 90, total: 100, error: '', rungs: [rung('a', 20, 20), rung('b', 50, 40), rung('c', 30, 30)] };
const place = { group: '', name: '', place: 0, of: 0 };
const segment = (slug: string) => ({ slug, name: slug.toUpperCase(), note: '', count: 1, total: 100, sentence: '', updated_at: 1, used_by: [], error: '', owner: '', review_on: '', frozen_at: 0, as_of: 1, trend: [], place });

const argsOf = (calls: { method: string; args: unknown[] }[], method: string) => calls.filter((c) => c.method === method).map((c) => c.args);

describe('exclusive groups', () => {
  it('show who counts where, adding up; with no barriers', async () => {
    backend({ 'Segments.Groups': () => [ladder] });
    const { container } = await showAt('/segments', <Groups segments={[segment('d'), segment('e')]} />);
    expect(await screen.findByText('10 more fit, and count above')).toBeDefined();
    expect(screen.getByText('90')).toBeDefined();
    expect(screen.getByText('10 people in none of them')).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  }, 30_000);

  it('are put in another order by keyboard', async () => {
    const { calls } = backend({ 'Segments.Groups': () => [ladder], 'Segments.PutGroup': () => ladder });
    await showAt('/segments', <Groups segments={[segment('d'), segment('e')]} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Move C up' }));
    await waitFor(() => expect(argsOf(calls, 'Segments.PutGroup')).toEqual([[{ slug: 'ladder', name: 'Ladder', segments: ['a', 'c', 'b'], base_version: 3 }]]));
    expect(screen.getByRole('button', { name: 'Move A up' })).toHaveProperty('ariaDisabled', 'true');
  }, 30_000);

  it('move an item without losing one', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b'], 0, 5)).toEqual(['a', 'b']);
  });
});
