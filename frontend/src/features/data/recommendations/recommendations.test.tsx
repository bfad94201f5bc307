import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Evaluation, Feed, Recommendation } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { Feeds } from '../feeds/Feeds';
import { bodyOf, draftOf, empty } from './draft';
import { RecommendationsTab } from './Recommendations';

const score = (method: string, recall: number) => ({ method, hit_rate: 0.73, recall, new_hit_rate: 0.4, new_recall: recall / 3 });
const tested: Evaluation = { at: 1764000000000, people: 2847, new: 2700, products: 3665, top: 10, ms: 1400, scores: [score('ours', 0.2), score('popularity', 0.04), score('cosine', 0.15)] };
const status = { open: true, path: '/x', name: 'Shop', timezone: 'UTC', currency: 'EUR', uuid: 'u', contacts: 2000, events: 9, products: 1, data_version: 1, program_version: '0', read_only: false };

test('a test on last orders is told in words and numbers, and a way is saved as the form says', async () => {
  let saved: Recommendation | undefined;
  backend({
    'Workspace.Status': () => status,
    'Jobs.List': () => [],
    'Data.Categories': () => [{ name: 'Tea', count: 3 }],
    'Recommendations.List': () => [{ slug: 'small', name: 'Small presents', steps: ['bought_together', 'trending'], updated_at: 0, used_by: ['template spring'] }],
    'Recommendations.LastEvaluation': () => tested,
    'Recommendations.Put': (r: Recommendation) => (saved = { ...r, slug: 'fresh', version: 1 }),
  });
  const { container } = await showAt('/', <RecommendationsTab />);
  await screen.findByText(/Bought together, then selling well now; used by template spring/);
  await waitFor(() => expect(container.textContent).toContain('73% got at least one product'));
  expect(container.textContent).toContain('5 times as much of each order');
  expect(screen.getAllByRole('cell', { name: 'Best sellers' }).length).toBe(1);
  expect(await barriers(container)).toEqual([]);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Add a way' }));
  await user.type(await screen.findByLabelText('Name'), 'Fresh');
  await user.type(screen.getByLabelText('Highest price'), '19,90');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saved?.body).toEqual({ name: 'Fresh', steps: [{ strategy: 'for_you' }], filters: { price_to: 19.9 } }));
});

test('what is saved comes back as it was', () => {
  const draft = { ...empty, name: 'A', steps: [{ strategy: 'hand_picked', skus: ['A'] }, { strategy: 'trending', days: 7 }], soldOut: true, priceFrom: '2', categories: ['Tea'], notBoughtDays: 30 };
  expect(draftOf('A', bodyOf(draft))).toEqual(draft);
});

test('a feed that failed says why and what is kept', async () => {
  const feed: Feed = { slug: 'shop', name: 'Our shop', url: 'https://shop.example/feed', hours: 6, shrink: 0, keep_gone: false, state: 'failed', message: 'shop.example answered “502”', tried_at: 1764000000000, fetched_at: 1763990000000, next_at: 1764003600000, products: 1200, batch: 3 };
  backend({ 'Workspace.Status': () => status, 'Jobs.List': () => [], 'Data.Feeds': () => [feed] });
  const { container } = await showAt('/', <Feeds />);
  await screen.findByText('shop.example answered “502”');
  expect(container.textContent).toMatch(/1.200 products of before are kept/);
  expect(await barriers(container)).toEqual([]);
});
