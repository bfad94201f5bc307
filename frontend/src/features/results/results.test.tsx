import { fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import ResultsPage from './Page';
import { reasonsOf, sumsOf } from './sums';

afterEach(() => vi.unstubAllGlobals());

const gone = { reason: 'suppressed', label: 'on the suppression list' };
const run = { run: 1, campaign: 'autumn', name: 'Autumn', state: 'finished', note: '', live: false, template: 'autumn', template_version: 2, as_of: 1, total: 10, counts: { accepted: 8, rejected: 1, held: 1 }, excluded: [{ ...gone, count: 3 }], finished_at: 5 };
const second = { ...run, run: 2, campaign: 'winter', name: 'Winter', counts: { accepted: 2, unknown: 1, failed: 1 }, excluded: [{ ...gone, count: 1 }, { reason: 'no_consent', label: 'no consent', count: 9 }] };

it('adds all runs up; what never left is not handed over', () => {
  expect(sumsOf([run, second])).toEqual({ handed: 12, accepted: 10, rejected: 1, unknown: 1, kept: 15 });
});

it('adds up why people were left out, the most frequent reason first', () => {
  expect(reasonsOf([run, second]).map((r) => [r.reason, r.count])).toEqual([['no_consent', 9], ['suppressed', 4]]);
});

it('shows each run as a bar with its numbers, and all as a table', async () => {
  backend({ 'Campaigns.Overview': () => [second, run], 'Content.Templates': () => [{ slug: 'autumn', name: 'Autumn letter', subject: '', version: 2, updated_at: 1, blocks: 1, used_by: [] }] });
  const { container } = await showAt('/results', <ResultsPage />);
  await screen.findByRole('img', { name: '10 messages: 8 accepted, 1 rejected, 1 held back' });
  fireEvent.click(screen.getByRole('button', { name: '10 people left out' }));
  expect(screen.getByText('no consent')).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
  fireEvent.click(screen.getByRole('radio', { name: 'Table' }));
  expect(await screen.findByRole('columnheader', { name: 'Left out: no consent' })).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
});
