import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { ContentService, Service } from '@/lib/generated/api';
import { backend, Refusal } from '@/testing/backend';
import { barriers, show } from '@/testing/render';
import { Services } from './Services';

const settings: Service = { name: 'Weather', url: 'https://weather.example', fields: ['city'], batch: 100, timeout_ms: 2000, keep_minutes: 60 };
const weather: ContentService = { slug: 'weather', name: 'Weather', settings, version: 2, updated_at: 1, used_by: ['template letter'] };
const answers = {
  'ContentServices.List': () => [weather],
  'Segments.Vocabulary': () => ({ attributes: [{ name: 'city', label: 'City', type: 'text' }], events: [], segments: [], purposes: [], ops: {}, measures: [], units: [], currency: 'EUR', event_ops: [] }),
  'Contacts.Find': () => [{ id: 7, email: 'anna@example.com', name: 'Anna' }],
};

it('says what leaves the machine, and where it is used', async () => {
  backend(answers);
  const { container } = show(<Services />);
  expect(await screen.findByText(/asked at https:\/\/weather.example, told city, used by template letter/)).toBeTruthy();
  expect(await barriers(container)).toEqual([]);
});

it('asks about one person before it is saved, and says why it was refused', async () => {
  const { calls } = backend({
    ...answers,
    'Senders.SetSecret': () => null,
    'ContentServices.Try': () => ({ told: { city: 'Lyon' }, answer: { sky: 'sun' }, ms: 12 }),
    'ContentServices.Put': (_: string, s: Service) => {
      if (s.url.startsWith('http:')) throw new Refusal(400, 'invalid', 'people’s data travel by https only', 'url');
      return weather;
    },
  });
  show(<Services />);
  await userEvent.click(await screen.findByRole('button', { name: 'Weather' }));
  const form = within(await screen.findByRole('dialog'));
  await userEvent.click(form.getByPlaceholderText('Name or address'));
  await userEvent.click(await screen.findByRole('option', { name: /Anna/ }));
  await userEvent.click(form.getByRole('button', { name: 'Ask' }));
  expect(await form.findByText(/"sky": "sun"/)).toBeTruthy();
  const url = form.getByRole('textbox', { name: 'Address' });
  await userEvent.clear(url);
  await userEvent.type(url, 'http://weather.example');
  await userEvent.type(form.getByLabelText('Token'), 'abc');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText(/data travel by https only/)).toBeTruthy();
  await waitFor(() => expect(calls.find((c) => c.method === 'ContentServices.Put')?.args).toEqual(['weather', { ...settings, url: 'http://weather.example', secret: 'service-weather' }, 2]));
});
