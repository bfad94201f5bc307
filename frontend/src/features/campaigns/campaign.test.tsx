import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Campaign, PutCampaign } from '@/lib/generated/api';
import { newQueryClient } from '@/lib/query';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { Campaign as CampaignView } from './Campaign';
import CampaignsPage from './Page';

afterEach(() => vi.unstubAllGlobals());

const campaign: Campaign = { name: 'Autumn', template: 'autumn', include: ['vip'], purpose: 'marketing', from: { name: 'Shop', email: 'hello@shop.example' }, esp: 'post' };
const doc = { slug: 'autumn', version: 3, campaign, state: 'draft', updated_at: 1 };
const draft = { run: 0, campaign: 'autumn', name: 'Autumn', state: 'draft', note: '', live: false, template: 'autumn', template_version: 0, as_of: 0, total: 0, counts: {}, excluded: [], finished_at: 0 };
const check = {
  total: 10, messages: 10, failed: 2, skipped: 0, sends: 8, others: 0, twins: [], alike: 0,
  groups: [
    { kind: 'error', place: 'greet', message: 'divided by 0', count: 2, was: 0, contacts: [{ id: 7, email: 'anna@x.example', name: 'Anna' }], item: 3, do: '', by: '', decided_at: '' },
    { kind: 'missing', place: 'greet', message: 'country', count: 1, was: 4, contacts: [], item: 4, do: 'skip', by: 'window', decided_at: '2026-06-15T10:00:00Z' },
  ],
  variants: [
    { sort: 'branch', block: 'offer', path: 'blocks[1]', variant: 'vip', branch: 'branches[0]', name: 'Best', count: 10, was: 8, contacts: [], item: 1 },
    { sort: 'branch', block: 'offer', path: 'blocks[1]', variant: 'all', branch: 'default', name: '', count: 0, was: 0, contacts: [], item: 2 },
  ],
  specimens: [{ contact: { id: 7, email: 'anna@x.example', name: 'Anna' }, count: 4, ways: ['offer: vip'], way: 1, adds: true }],
  before: { at: 50, joined: 1, left: 0, changed: 3, gone: [{ kind: 'missing', place: 'greet', message: 'city', count: 0, was: 5, contacts: [], item: 0, do: '', by: '', decided_at: '' }] },
  bytes_max: 1000, bytes_mean: 900, ms: 10, per_second: 1000, at: 100, problems: [], campaign: 'autumn', campaign_version: 3, template_version: 2,
};

function program(more: Record<string, (...args: never[]) => unknown> = {}) {
  return backend({
    'Campaigns.Get': () => doc,
    'Campaigns.Put': (p: PutCampaign) => ({ ...doc, version: p.base_version + 1, campaign: p.campaign }),
    'Campaigns.Status': () => draft,
    'Campaigns.LastCheck': () => null,
    'Campaigns.Audience': () => ({ included: 12, permitted: 10, excluded: [{ reason: 'no_consent', label: 'no consent for this purpose', count: 2 }], as_of: 1 }),
    'Campaigns.Excluded': () => ({ total: 1, rows: [{ id: 7, email: 'anna@x.example', name: 'Anna' }] }),
    'Campaigns.Send': () => ({ job: 'j1' }),
    'Segments.List': () => [{ slug: 'vip', name: 'Best customers', note: '', count: 12, total: 100, sentence: '', updated_at: 1, used_by: [], error: '' }],
    'Segments.Vocabulary': () => ({ attributes: [], events: [], segments: [], purposes: ['marketing'], ops: {}, measures: [], units: [], currency: 'EUR', event_ops: [] }),
    'Content.Templates': () => [{ slug: 'autumn', name: 'Autumn letter', subject: 'Hello', version: 2, updated_at: 1, blocks: 1, used_by: [] }],
    'Content.Versions': () => [{ version: 2, at: 1, author: 'me', note: '' }],
    'Senders.List': () => [{ slug: 'post', name: 'Post', adapter: 'smtp', summary: 'SMTP', used_by: [], updated_at: 1 }],
    'Senders.Adapters': () => [],
    'Workspace.Settings': () => ({ name: 'Shop', default_unsubscribe: 'mailto:stop@shop.example', default_from_email: 'hello@shop.example' }),
    'Jobs.List': () => [],
    'Preview.Compose': () => ({ id: '1', url: '/preview/1', contact_id: 7, email: 'anna@x.example', subject: 'Hello', preheader: '', html: '', text: '', bytes: 1, failed: false, problem: null, trace: { blocks: [], missing: [], refused: [] }, from_outbox: false, ms: 1 }),
    ...more,
  });
}

const page = () => showAt('/campaigns/autumn', <CampaignView doc={doc} />);

it('a draft asks for its check, with the number of messages', async () => {
  program();
  const { container } = await page();
  await screen.findByRole('button', { name: 'Check 10 messages' });
  await screen.findByText('No consent for this purpose');
  expect(screen.queryByRole('button', { name: /^Send to/ })).toBeNull();
  expect(container.querySelectorAll('button[data-variant="filled"]')).toHaveLength(1);
  expect(await barriers(container)).toEqual([]);
});

it('after a check it is sent only with its exact numbers confirmed', async () => {
  const { calls } = program({ 'Campaigns.LastCheck': () => check });
  const { container } = await page();
  fireEvent.click(await screen.findByRole('button', { name: 'Send to 8 people…' }));
  const now = await screen.findByRole('button', { name: 'Send to 8 people now' });
  expect(screen.getByText(/get none, since it could not be composed/)).toBeTruthy();
  expect(calls.some((c) => c.method === 'Campaigns.Send')).toBe(false);
  fireEvent.click(now);
  await waitFor(() => expect(calls.find((c) => c.method === 'Campaigns.Send')?.args).toEqual(['autumn', 0]));
  expect(await barriers(container)).toEqual([]);
});

it('shows what a check found, and is open to axe', async () => {
  program({ 'Campaigns.LastCheck': () => ({ ...check, problems: ['choose how to send: a sender'] }) });
  const { container } = await page();
  await screen.findByText('To be mended before anything is sent');
  expect(screen.getByText(/get no message: divided by 0/)).toBeTruthy();
  expect(screen.getByText('1 way it comes out')).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
});

it('what is done about a problem is decided beside it', async () => {
  const { calls } = program({ 'Campaigns.LastCheck': () => check, 'Campaigns.Decide': () => ({ ...doc, version: 4 }) });
  const { container } = await page();
  fireEvent.click(await screen.findByRole('button', { name: /^Check\b/ }));
  await screen.findByText(/3 people get another message/);
  expect(screen.getByText(/No longer: 5 have no “city”/)).toBeTruthy();
  expect(screen.getByText('nobody')).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'What is done about it: They get nothing' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Stop the sending' }));
  await waitFor(() => expect(calls.find((c) => c.method === 'Campaigns.Decide')?.args).toEqual(['autumn', 'error', 'greet', 'divided by 0', 'block']));
});

it('of a check that was stopped, what was checked is shown', async () => {
  program({ 'Campaigns.LastCheck': () => ({ ...check, total: 100 }) });
  await page();
  await screen.findByText(/It was stopped: 10 of 100 were checked/);
  expect(screen.getByRole('button', { name: 'Check 10 messages again' })).toBeTruthy();
});

it('steps through the ways of the check beside the message', async () => {
  const { calls } = program({ 'Campaigns.LastCheck': () => check });
  await page();
  fireEvent.click(await screen.findByRole('button', { name: 'Next way it comes out' }));
  await screen.findByRole('button', { name: '1 of 1' });
  expect(calls.some((c) => c.method === 'Preview.Specimens')).toBe(false);
});

it('a run that was interrupted says what was under way, and is gone on with', async () => {
  program({ 'Campaigns.Status': () => ({ ...draft, run: 1, state: 'running', total: 10, counts: { accepted: 5, sending: 2, planned: 3 } }) });
  const { container } = await page();
  await screen.findByText(/2 messages were under way/);
  expect(screen.getByRole('button', { name: 'Go on: 3 messages left' })).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
});

it('unknown messages are decided about, never sent again unasked', async () => {
  const { calls } = program({
    'Campaigns.Status': () => ({ ...draft, run: 1, state: 'finished', total: 10, counts: { accepted: 8, unknown: 2 } }),
    'Campaigns.Messages': () => ({ total: 2, rows: [{ id: 11 }, { id: 12 }] }),
    'Campaigns.Resolve': () => 2,
  });
  await page();
  fireEvent.click(await screen.findByRole('button', { name: 'Send them again…' }));
  await screen.findByText(/gets it twice/);
  expect(calls.some((c) => c.method === 'Campaigns.Resolve')).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Put back to be sent' }));
  await waitFor(() => expect(calls.find((c) => c.method === 'Campaigns.Resolve')?.args).toEqual([[11, 12], 'resend']));
});

it('each change is saved when its field is left, on top of what was saved before', async () => {
  const { calls } = program();
  const client = newQueryClient();
  client.setQueryData(['campaigns', 'document', 'autumn'], doc);
  await showAt('/campaigns/autumn', <CampaignView doc={doc} />, client);
  fireEvent.click(await screen.findByRole('button', { name: /^Content/ }));
  const puts = () => calls.filter((c) => c.method === 'Campaigns.Put').map((c) => c.args[0] as PutCampaign);
  const replies = await screen.findByLabelText('Replies go to');
  fireEvent.change(replies, { target: { value: 'us@shop.example ' } });
  expect(puts()).toHaveLength(0);
  fireEvent.blur(replies);
  const name = screen.getByRole('textbox', { name: 'Name of the campaign' });
  fireEvent.change(name, { target: { value: 'Late autumn' } });
  fireEvent.blur(name);
  await waitFor(() => expect(puts()).toHaveLength(2));
  expect(puts()[0]).toMatchObject({ base_version: 3, campaign: { reply_to: 'us@shop.example' } });
  expect(puts()[1]).toMatchObject({ base_version: 4, campaign: { reply_to: 'us@shop.example', name: 'Late autumn' } });
});

it('what is missing is said where it is missing, and cannot be checked', async () => {
  program();
  await showAt('/campaigns/autumn', <CampaignView doc={{ ...doc, campaign: { ...campaign, template: '' } }} />);
  expect(await screen.findByText('Choose what to send: a template')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Complete the content' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Check \d/ })).toBeNull();
});

it('lists campaigns with where they stand, and begins the first one', async () => {
  program({ 'Campaigns.List': () => [{ slug: 'autumn', name: 'Autumn', template: 'autumn', esp: 'post', purpose: 'marketing', include: ['vip'], exclude: [], state: 'paused', live: false, counts: { accepted: 4, planned: 6 }, updated_at: 1 }] });
  const { container } = await showAt('/campaigns', <CampaignsPage />);
  await screen.findByText('Go on with 6 messages');
  expect(screen.getByText('Paused')).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
});

it('removes a campaign from its line without opening it', async () => {
  const line = { slug: 'autumn', name: 'Autumn', template: 'autumn', esp: 'post', purpose: 'marketing', include: [], exclude: [], state: 'draft', live: false, counts: {}, updated_at: 1 };
  const { calls } = program({ 'Campaigns.List': () => [line], 'Campaigns.Remove': () => null });
  const { router } = await showAt('/campaigns', <CampaignsPage />);
  fireEvent.click(await screen.findByRole('button', { name: 'More for Autumn' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove…' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(calls.find((c) => c.method === 'Campaigns.Remove')?.args).toEqual(['autumn']));
  expect(router.state.location.pathname).toBe('/campaigns');
});
