import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { HomePage, Trade } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import Page from './Page';

const home: HomePage = {
  contacts: 2000,
  permitted: 1300,
  quality_top: [],
  campaigns_recent: [],
  next_step: { title: 'Check a campaign and send it', message: 'Every message is looked at first.', route: '/campaigns', action: 'Go to campaigns' },
};
const trade: Trade = { events_30d: 3857, orders_30d: 390, revenue_30d: '24179.50', revenue_by_day: [] };
const status = { open: true, path: '/x', name: 'Shop', timezone: 'UTC', currency: 'EUR', uuid: 'u', contacts: 2000, events: 9, products: 1, data_version: 1, program_version: '0', read_only: false };

test('what is known shows while the rest is added up, then the rest comes', async () => {
  let arrive: (t: Trade) => void = () => undefined;
  const late = new Promise<Trade>((done) => (arrive = done));
  backend({ 'Workspace.Status': () => status, 'Home.Home': () => home, 'Home.Trade': () => late, 'Home.Largest': () => [] });
  const { container } = await showAt('/', <Page />);
  await screen.findByText('Check a campaign and send it');
  expect(screen.queryByText('390')).toBeNull();
  expect(container.textContent).toContain('65%');
  arrive(trade);
  await screen.findByText('390');
  await waitFor(() => expect(container.textContent).toMatch(/24.?18/));
  expect(await barriers(container)).toEqual([]);
});
