import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import type { SegmentSummary } from '@/lib/generated/api';
import { backend, Refusal } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import SegmentsPage from './Page';
import { conditionOfPart } from './compare/Compare';
import { partSentence } from './compare/UpSet';
import { Editor } from './editor/Editor';

const alive = { owner: '', review_on: '', frozen_at: 0, place: { group: '', name: '', place: 0, of: 0 } };
const vip: SegmentSummary = { slug: 'vip', name: 'Best customers', note: '', count: 12, total: 100, sentence: 'bought at least 5 times', updated_at: 1, used_by: ['rule offers'], error: '', ...alive, as_of: 1, trend: [10, 12] };
const overlap = {
  sets: [{ slug: 'vip', name: 'Best customers', count: 12 }, { slug: 'tea', name: 'Tea lovers', count: 40 }, { slug: 'new', name: 'New', count: 3 }],
  parts: [{ in: ['tea'], count: 33 }, { in: ['vip', 'tea'], count: 7 }, { in: ['vip'], count: 5 }, { in: ['new'], count: 3 }],
};
const counted = { count: 12, total: 100, as_of: 1, ms: 0.4, nodes: [{ path: 'root', count: 12 }, { path: 'root.children[0]', count: 12 }], problems: [] };
const answers = {
  'Segments.List': () => [vip, { ...vip, slug: 'broken', name: 'Broken', count: -1, error: 'there is no segment "gone"' }],
  'Segments.Vocabulary': () => ({ ...noVocabulary, segments: [{ slug: 'vip', name: 'Best customers' }] }),
  'Segments.Count': () => counted,
  'Segments.Describe': () => ({ sentence: 'in the segment “vip”' }),
  'Segments.Sample': () => [{ id: 4, email: 'anna@shop.example', values: { first_name: 'Anna', last_name: 'Keller' } }],
  'Segments.Overlap': () => overlap,
  'Segments.Get': () => ({ slug: 'loyal', name: 'Loyal', note: '', condition: { kind: 'everyone' }, version: 7, updated_at: 1, ...alive }),
  'Segments.Groups': () => [],
};
const opened = { slug: 'loyal', name: 'Loyal', note: '', condition: { kind: 'segment', segment: 'vip', op: 'in' } as const, version: 3, updated_at: 1, ...alive };

describe('the list of segments', () => {
  it('says what each is, how many, and what is wrong', async () => {
    backend(answers);
    const { container } = await showAt('/segments', <SegmentsPage />);
    expect(await screen.findByText('bought at least 5 times')).toBeDefined();
    expect(screen.getByText(/there is no segment "gone"/)).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  }, 30_000);

  it('says what to do when there is none', async () => {
    backend({ ...answers, 'Segments.List': () => [] });
    await showAt('/segments', <SegmentsPage />);
    expect(await screen.findByText('No segments yet')).toBeDefined();
  }, 30_000);
});

describe('a segment', () => {
  it('shows how many, in words, and who; with no barriers', async () => {
    backend(answers);
    const { container } = await showAt('/segments/loyal', <Editor opened={opened} onReload={() => undefined} />);
    expect(await screen.findByText('Anna Keller')).toBeDefined();
    expect(await screen.findByText('In the segment “Best customers”.')).toBeDefined();
    expect(screen.getByText(/12% of 100 people/)).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  }, 30_000);

  it('saved by another meanwhile is saved over only when that is chosen', async () => {
    const { calls } = backend({
      ...answers,
      'Segments.Put': (s: unknown, base: number) => {
        if (base !== 7) throw new Refusal(409, 'conflict', 'version 7 was saved meanwhile');
        return { ...(s as object), version: 8 };
      },
    });
    await showAt('/segments/loyal', <Editor opened={opened} onReload={() => undefined} />);
    fireEvent.change(await screen.findByLabelText('Name of the segment'), { target: { value: 'Most loyal' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    const over = await screen.findByRole('button', { name: 'Save mine over it' });
    await waitFor(() => expect(over).toHaveProperty('disabled', false));
    expect(calls.filter((c) => c.method === 'Segments.Put').map((c) => c.args[1])).toEqual([3]);
    fireEvent.click(over);
    await waitFor(() => expect(calls.filter((c) => c.method === 'Segments.Put').map((c) => c.args[1])).toEqual([3, 7]));
    expect(await screen.findByRole('button', { name: 'Saved' })).toBeDefined();
  }, 30_000);
});

describe('segments over each other', () => {
  it('are drawn as parts that can be picked, with no barriers', async () => {
    backend(answers);
    const { container } = await showAt('/segments?compare=vip,tea,new', <SegmentsPage />);
    fireEvent.click(await screen.findByRole('button', { name: /33 people: In Tea lovers, and in no other/ }));
    expect(await screen.findByRole('heading', { name: '33 people' })).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  }, 30_000);

  it('a part is those in its segments and in no other', () => {
    const member = (segment: string) => ({ kind: 'segment', segment, op: 'in' });
    expect(conditionOfPart(overlap, { in: ['vip', 'tea'], count: 7 })).toEqual({ kind: 'all', children: [member('vip'), member('tea'), { kind: 'none', children: [member('new')] }] });
    expect(conditionOfPart(overlap, { in: ['vip', 'tea', 'new'], count: 7 })).toEqual({ kind: 'all', children: [member('vip'), member('tea'), member('new')] });
    expect(partSentence(overlap, { in: ['vip', 'tea'], count: 7 })).toBe('In Best customers and Tea lovers, and in no other of these');
  });
});
