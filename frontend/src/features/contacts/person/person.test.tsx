import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { backend, Refusal } from '@/testing/backend';
import { barriers, show } from '@/testing/render';
import { Attributes } from './Attributes';
import { Consents, whyOf } from './Consents';
import { draftOf, parsedOf } from './draft';
import type { ContactConsent, ContactDetail } from '@/lib/generated/api';

const consent = (part: Partial<ContactConsent>): ContactConsent => ({ purpose: 'marketing', state: 'granted', source: 'checkout', at: Date.UTC(2026, 2, 1, 12), expires_at: 0, allowed: true, reason: '', ...part });

const anna: ContactDetail = {
  id: 8, email: 'anna@shop.example', external_id: '', name: 'Anna', source: 'import', created_at: 1,
  attributes: [
    { name: 'city', label: 'City', type: 'text', value: 'Leipzig' },
    { name: 'points', label: 'Points', type: 'number', value: 12 },
    { name: 'phone', label: 'Phone', type: 'text', value: null },
  ],
  consents: [consent({}), consent({ purpose: 'profiling', state: '', source: '', at: 0, allowed: false, reason: 'no_consent' })],
  suppressed: null, segments: [], event_counts: [], value_total: '0', messages: [],
};

describe('an attribute', () => {
  it('is changed in its place, with Enter', async () => {
    const { calls } = backend({ 'Contacts.Save': () => null });
    show(<Attributes person={anna} />);
    fireEvent.click(screen.getByRole('button', { name: /City: Leipzig/ }));
    const field = screen.getByLabelText('City');
    fireEvent.change(field, { target: { value: 'Halle' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(calls).toContainEqual({ method: 'Contacts.Save', args: [8, { city: 'Halle' }] }));
  });

  it('stays as it was after Escape, and when nothing changed', () => {
    const { calls } = backend({});
    show(<Attributes person={anna} />);
    for (const key of ['Escape', 'Enter']) {
      fireEvent.click(screen.getByRole('button', { name: /City: Leipzig/ }));
      fireEvent.keyDown(screen.getByLabelText('City'), { key });
    }
    expect(screen.getByRole('button', { name: /City: Leipzig/ })).toBeDefined();
    expect(calls.filter((c) => c.method === 'Contacts.Save')).toEqual([]);
  });

  it('keeps what was typed and says why when it is refused', async () => {
    backend({
      'Contacts.Save': () => {
        throw new Refusal(400, 'invalid', 'many is no number', 'points');
      },
    });
    show(<Attributes person={anna} />);
    fireEvent.click(screen.getByRole('button', { name: /Points: 12/ }));
    fireEvent.change(screen.getByLabelText('Points'), { target: { value: 'many' } });
    fireEvent.keyDown(screen.getByLabelText('Points'), { key: 'Enter' });
    expect(await screen.findByText('Many is no number.')).toBeDefined();
    expect(screen.getByLabelText('Points')).toHaveProperty('value', 'many');
  });
});

describe('a consent', () => {
  it.each([
    ['given', consent({}), 'Agreed 1 Mar 2026, checkout'],
    ['confirmed and ending', consent({ state: 'confirmed', expires_at: Date.UTC(2027, 2, 1, 12) }), 'Agreed and confirmed 1 Mar 2026, checkout, until 1 Mar 2027'],
    ['withdrawn', consent({ state: 'withdrawn', allowed: false, reason: 'withdrawn' }), 'They withdrew it: 1 Mar 2026, checkout'],
    ['never given', consent({ at: 0, source: '', allowed: false, reason: 'no_consent' }), 'Nothing says that they agreed'],
  ])('%s', (_, c, want) => expect(whyOf(c)).toBe(want));

  it('has no barriers', async () => {
    backend({});
    const { container } = show(<Consents person={{ ...anna, suppressed: { email: 'anna@shop.example', reason: 'hard bounce', source: 'smtp', at: 1 } }} />);
    expect(screen.getByText(/hard bounce/)).toBeDefined();
    expect(await barriers(container)).toEqual([]);
  });
});

it.each([
  ['an amount with thin spaces', '1\u202f234.5', 'money', 1234.5],
  ['what is no number goes as it is, to be refused by name', '12,5', 'number', '12,5'],
  ['a list', ' Tea, , Garden ', 'list', ['Tea', 'Garden']],
  ['no', 'No', 'boolean', false],
  ['empty', '  ', 'text', null],
])('typed: %s', (_, text, type, want) => expect(parsedOf(text, type)).toEqual(want));

it('shows values as they are typed', () => {
  expect(draftOf(['Tea', 'Garden'], 'list')).toBe('Tea, Garden');
  expect(draftOf(null, 'boolean')).toBe('Empty');
});
