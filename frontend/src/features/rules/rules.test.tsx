import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { RuleEditor } from './editor/RuleEditor';

const vip = { kind: 'segment', segment: 'vip', op: 'in' };
const rule = { branches: [{ name: 'VIP', when: vip, choose: 'gift' }, { name: 'Shoes', when: vip, choose: 'socks' }], default: 'collection' };
const answers = {
  'Segments.Vocabulary': () => ({ ...noVocabulary, segments: [{ slug: 'vip', name: 'Best customers' }] }),
  'Segments.Describe': () => ({ sentence: 'in the segment “vip”' }),
  'Segments.Count': () => ({ count: 1, total: 10, as_of: 1, ms: 1, nodes: [], problems: [] }),
  'Rules.Count': () => ({ total: 10, branches: [{ path: 'branches[0]', name: 'VIP', choose: 'gift', reached: 10, chosen: 4 }, { path: 'branches[1]', name: 'Shoes', choose: 'socks', reached: 6, chosen: 1 }], defaulted: 5 }),
};

it('a rule shows who gets what, and its branches are moved by keyboard; with no barriers', async () => {
  const { calls } = backend(answers);
  const { container } = await showAt('/rules/offers', <RuleEditor opened={{ slug: 'offers', name: 'Offers', note: '', rule, version: 2, updated_at: 1 }} onReload={() => undefined} />);
  expect(await screen.findByRole('row', { name: /collection 5 50%/ })).toBeDefined();
  expect(within(screen.getByRole('region', { name: 'Shoes' })).getByText('of 6', { exact: false })).toBeDefined();
  expect(await barriers(container)).toEqual([]);
  fireEvent.keyDown(screen.getByLabelText('Name of branch 2'), { key: 'ArrowUp', altKey: true });
  await waitFor(() => {
    const asked = calls.filter((c) => c.method === 'Rules.Count').at(-1)?.args[0] as typeof rule;
    expect(asked.branches.map((b) => b.name)).toEqual(['Shoes', 'VIP']);
  });
}, 30_000);
