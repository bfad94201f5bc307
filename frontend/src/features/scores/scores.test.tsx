import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Engagement, EngagementMap, RFM, RFMMap, ScoreModel } from '@/lib/generated/api';
import { backend, Refusal } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import EngagementPage from './engagement/Page';
import { workedOut } from './engagement/words';
import RFMPage from './rfm/Page';
import { boundsOf, caveat, moved } from './rfm/map';

const rfm: RFM = { event: 'order_placed', days: 365, property: '', cuts: [20, 40, 60, 80] };
const engagement: Engagement = { half_life: 30, middle: 10, weights: [{ event: 'order_placed', weight: 10 }] };
const known: ScoreModel = {
  model: { version: 3, rfm, engagement },
  usual: { version: 0, rfm, engagement },
  events: [{ name: 'order_placed', count: 40, value_type: 'money', properties: [] }],
  currency: 'EUR',
};

/** A map of ten people: nine champions in the corner, one lost. */
const map: RFMMap = {
  from: '2025-01-01', to: '2025-12-31', people: 10, total: 12, revenue: '1000', currency: 'EUR', ms: 1,
  cells: [1, 2, 3, 4, 5].flatMap((frequency) =>
    [1, 2, 3, 4, 5].map((recency) => ({
      recency, frequency,
      region: recency === 5 && frequency === 5 ? 'champions' : 'lost',
      people: recency === 5 && frequency === 5 ? 9 : recency === 1 && frequency === 1 ? 1 : 0,
      revenue: recency === 5 && frequency === 5 ? '990' : recency === 1 && frequency === 1 ? '10' : '0',
    })),
  ),
  regions: [{ name: 'champions', meaning: 'The best.', people: 9, revenue: '990' }, { name: 'lost', meaning: 'Gone.', people: 1, revenue: '10' }],
  recency: [1, 2, 3, 4, 5].map((score) => ({ score, from: '1', to: '9', people: score === 1 ? 1 : score === 5 ? 9 : 0 })),
  times: [1, 2, 3, 4, 5].map((score) => ({ score, from: '2', to: '2', people: 2 })),
  money: [],
};

const scores: EngagementMap = {
  total: 12, zero: 2, bins: [2, ...Array.from({ length: 19 }, (_, i) => (i === 9 ? 10 : 0))], median: 48.2, ms: 1,
  samples: [{ id: 7, email: 'ann@shop.example', name: 'Ann Lee', score: 40.5, sum: 7.5, deeds: [{ event: 'order_placed', weight: 10, count: 2, sum: 7.5 }] }],
};

let calls: { method: string; args: unknown[] }[];
const answers = {
  'Scoring.Model': () => known,
  'Scoring.RFM': () => map,
  'Scoring.Engagement': () => scores,
  'Scoring.Save': (s: unknown) => s,
};

beforeEach(() => {
  ({ calls } = backend(answers));
});

describe('the RFM map', () => {
  it('leads from a cell and from a region to a segment and to its people', async () => {
    const { container } = await showAt('/segments/_rfm', <RFMPage />);
    const cell = await screen.findByRole('link', { name: /^Champions.*recency 5, frequency 5; €990, 99% of revenue/ });
    expect(decodeURIComponent(cell.getAttribute('href') ?? '')).toBe('/segments/_new?condition={"kind":"all","children":[{"kind":"attribute","attribute":"rfm.recency","op":"eq","value":5},{"kind":"attribute","attribute":"rfm.frequency","op":"eq","value":5}]}');
    const people = screen.getByRole('link', { name: 'See the people of lost' });
    expect(decodeURIComponent(people.getAttribute('href') ?? '')).toContain('"attribute":"rfm.segment","op":"is","values":["lost"]');
    expect(await barriers(container)).toEqual([]);
  });

  it('is walked by arrows, and says what it is at', async () => {
    await showAt('/segments/_rfm', <RFMPage />);
    const first = await screen.findByRole('link', { name: /recency 5, frequency 5/ });
    first.focus();
    expect(await screen.findByText(/The best\./)).toBeTruthy();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('link', { name: /recency 1, frequency 1/ })).toBe(document.activeElement);
    expect(screen.getByText(/1 person \(10%\), €10 \(1% of revenue\)\. Gone\./)).toBeTruthy();
  });

  it('draws a draft that leads nowhere until it is saved', async () => {
    await showAt('/segments/_rfm', <RFMPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'How it is made' }));
    const days = screen.getByRole('textbox', { name: 'Period' });
    await userEvent.clear(days);
    await userEvent.type(days, '90');
    await waitFor(() => expect(calls.some((c) => c.method === 'Scoring.RFM' && (c.args[0] as RFM).days === 90)).toBe(true));
    expect(screen.queryByRole('link', { name: /recency 5, frequency 5/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(calls.find((c) => c.method === 'Scoring.Save')?.args).toEqual([{ ...known.model, rfm: { ...rfm, days: 90 } }, 3]));
  });

  it('says that somebody else saved, and takes theirs', async () => {
    const refused = backend({ ...answers, 'Scoring.Save': () => { throw new Refusal(409, 'conflict', 'the scores were changed meanwhile'); } });
    await showAt('/segments/_rfm', <RFMPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'How it is made' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Period' }), '{backspace}');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/changed meanwhile/i)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(refused.calls.filter((c) => c.method === 'Scoring.Model').length).toBe(2));
    expect(screen.queryByText(/changed meanwhile/i)).toBeNull();
  });

  it('says what to do first where nobody bought', async () => {
    backend({ ...answers, 'Scoring.Model': () => ({ ...known, events: [] }), 'Scoring.RFM': () => ({ ...map, people: 0 }) });
    await showAt('/segments/_rfm', <RFMPage />);
    expect(await screen.findByRole('link', { name: 'Import orders' })).toBeTruthy();
  });

  it('has the same numbers as a table, and says which scores nobody has', async () => {
    await showAt('/segments/_rfm', <RFMPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'As a table' }));
    const row = within(screen.getByRole('region', { name: 'The map as a table' })).getByRole('row', { name: /Champions/ });
    expect(row.textContent).toMatch(/Champions559/);
    expect(caveat(map)).toMatch(/^Nobody has recency 2, 3, 4:/);
    expect(boundsOf(map.recency[0])).toBe('1–9');
    expect(boundsOf(map.times[0])).toBe('2');
    expect(boundsOf(map.recency[1])).toBe('–');
    expect(moved({ recency: 5, frequency: 5 }, 'ArrowUp')).toEqual({ recency: 5, frequency: 5 });
    expect(moved({ recency: 5, frequency: 5 }, 'x')).toBeNull();
  });
});

describe('the engagement score', () => {
  it('shows its formula, and its people worked out, while weights are changed', async () => {
    const { container } = await showAt('/segments/_engagement', <EngagementPage />);
    expect(await screen.findByText('score = 100 × (1 − 2^(−sum ÷ 10))')).toBeTruthy();
    expect(await screen.findByText('7.5 (2 × order placed) = 7.5 → 100 × (1 − 2^(−7.5 ÷ 10)) = 40.5')).toBeTruthy();
    expect(screen.getByText(/2 people have 0/)).toBeTruthy();
    const weight = screen.getByRole('textbox', { name: 'What order placed counts' });
    await userEvent.clear(weight);
    await userEvent.type(weight, '4');
    await waitFor(() => expect(calls.some((c) => c.method === 'Scoring.Engagement' && (c.args[0] as Engagement).weights[0]?.weight === 4)).toBe(true));
    expect(screen.getByRole('button', { name: 'Save' })).toBeTruthy();
    expect(await barriers(container)).toEqual([]);
  });

  it('is worked out with the numbers of the model', () => {
    const sample = scores.samples[0];
    expect(sample && workedOut(sample, { ...engagement, middle: 20 })).toContain('2^(−7.5 ÷ 20)');
  });
});
