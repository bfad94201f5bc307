import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Vocabulary } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { newQueryClient } from '@/lib/query';
import { barriers, show } from '@/testing/render';
import { ConditionBuilder } from './ConditionBuilder';
import { useCounts } from './counts';
import { useConditionDraft } from './draft';
import { isConditionGroup, type Condition } from './node';
import { noVocabulary } from './vocabulary';

const op = (name: string, label: string, arity: string) => ({ op: name, label, arity, negative: false });
const vocabulary: Vocabulary = {
  ...noVocabulary,
  attributes: [
    { name: 'country', label: 'Country', type: 'text', filled: 90 },
    { name: 'points', label: 'Points', type: 'number', filled: 40 },
    { name: 'contact.created_at', label: 'Known since', type: 'datetime', filled: 100 },
  ],
  events: [{ name: 'order_placed', count: 300, value_type: 'money', properties: [{ name: 'category', type: 'text' }] }],
  segments: [{ slug: 'vip', name: 'Best customers' }],
  purposes: ['marketing'],
  ops: { text: [op('is', 'is', 'many'), op('is_not', 'is not', 'many')], number: [op('gte', 'is at least', 'one')], datetime: [op('not_in_last', 'is not in the last', 'period')] },
  event_ops: [op('gte', 'is at least', 'one')],
};

/** Stands for the program: every node counts what its words are worth. */
function count(c: Condition) {
  const nodes: { path: string; count: number }[] = [];
  const problems: { path: string; message: string }[] = [];
  const walk = (n: Condition, path: string) => {
    nodes.push({ path, count: path.length });
    if (isConditionGroup(n)) n.children.forEach((child, i) => walk(child, `${path}.children[${i}]`));
    else if (n.kind === 'attribute' && n.op === 'is' && (n.values ?? []).length === 0) problems.push({ path: `${path}.value`, message: 'give a value' });
  };
  walk(c, 'root');
  return { count: problems.length > 0 ? -1 : 42, total: 100, as_of: 1, ms: 1, nodes, problems };
}

/** Remarks the newcomers of a condition that is one row. */
function review(c: Condition) {
  const also = { kind: 'attribute', attribute: 'contact.created_at', op: 'not_in_last', value: 90, unit: 'day' };
  const alone = isConditionGroup(c) && c.children.length === 1 && JSON.stringify(c.children[0]) === JSON.stringify(quiet);
  return alone ? [{ path: 'root.children[0]', kind: 'newcomers', message: 'also true for 7 people known for less than 90 days', people: 7, offer: 'and known for at least 90 days', also }] : [];
}

let now: Condition;

function Stage({ start }: { start: Condition }) {
  const draft = useConditionDraft(start);
  const counts = useCounts(draft.root);
  now = draft.condition;
  return <ConditionBuilder draft={draft} counts={counts} />;
}

const country: Condition = { kind: 'attribute', attribute: 'country', op: 'is', values: ['IE'] };
const ordered: Condition = { kind: 'event', event: 'order_placed' };
const quiet: Condition = { kind: 'event', event: 'order_placed', op: 'eq', value: 0, window: { last: 90, unit: 'day' } };
const rows = () => screen.getAllByRole('group', { name: 'Condition' }).filter((r) => r.hasAttribute('data-row'));

async function stage(start: Condition) {
  const client = newQueryClient();
  await client.prefetchQuery({ queryKey: ['segments', 'vocabulary'], queryFn: () => vocabulary });
  return show(<Stage start={start} />, client);
}

beforeEach(() => {
  backend({ 'Segments.Vocabulary': () => vocabulary, 'Segments.Count': count as never, 'Segments.Review': review as never, 'Segments.Values': () => [{ value: 'Ireland', count: 7 }] });
});

describe('by keyboard alone', () => {
  it('a condition is added, found by a few letters, and asks for its value', async () => {
    const user = userEvent.setup();
    await stage({ kind: 'everyone' });
    await user.click(screen.getByRole('button', { name: /Add a condition/ }));
    await user.keyboard('count{Enter}');
    await waitFor(() => expect(now).toEqual({ kind: 'attribute', attribute: 'country', op: 'is', values: [] }));
    expect(await screen.findByText('Give a value')).toBeDefined();
    expect(await screen.findByRole('option', { name: /Ireland/ })).toBeDefined();
  });

  it('rows are duplicated, wrapped, negated, moved and deleted, and all of it is undone', async () => {
    const start: Condition = { kind: 'all', children: [country, ordered] };
    await stage(start);
    const press = (key: string, held = {}) => act(() => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held }));
    act(() => rows()[1]?.focus());
    press('d', { ctrlKey: true });
    expect(now).toEqual({ kind: 'all', children: [country, ordered, ordered] });
    press('i', { ctrlKey: true });
    expect(now).toEqual({ kind: 'all', children: [country, ordered, { ...ordered, op: 'eq', value: 0 }] });
    press('ArrowUp', { altKey: true });
    press('ArrowUp', { altKey: true });
    expect(now).toEqual({ kind: 'all', children: [{ ...ordered, op: 'eq', value: 0 }, country, ordered] });
    press('Delete');
    expect(now).toEqual(start);
    expect(document.activeElement).toBe(rows()[0]);
    press('g', { ctrlKey: true });
    expect(now).toEqual({ kind: 'all', children: [{ kind: 'any', children: [country] }, ordered] });
    for (let i = 0; i < 6; i++) press('z', { ctrlKey: true });
    expect(now).toEqual(start);
    press('z', { ctrlKey: true, shiftKey: true });
    expect(now).toEqual({ kind: 'all', children: [country, ordered, ordered] });
  });

  it('what is added with parts still to choose opens the first of them', async () => {
    const user = userEvent.setup();
    await stage({ kind: 'everyone' });
    await user.click(screen.getByRole('button', { name: /Add a condition/ }));
    await user.keyboard('several things in{Enter}');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Event: not chosen' }).getAttribute('aria-expanded')).toBe('true'));
    expect(now).toMatchObject({ kind: 'sequence' });
  });

  it('Backspace in an empty detail leaves the condition, and Escape goes to its row', async () => {
    await stage({ ...ordered, where: [{ property: 'category', op: 'is', values: [] }] });
    const detail = screen.getByRole('button', { name: 'Values: not chosen' });
    act(() => detail.focus());
    fireEvent.keyDown(detail, { key: 'Backspace' });
    expect(now).toMatchObject({ kind: 'event' });
    fireEvent.keyDown(detail, { key: 'Escape' });
    expect(document.activeElement).toBe(rows()[0]);
  });

  it('arrows go from row to row, Escape from a word to its row', async () => {
    await stage({ kind: 'all', children: [country, ordered] });
    const [first, second] = rows();
    act(() => first?.focus());
    fireEvent.keyDown(first as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    const word = within(second as HTMLElement).getByRole('button', { name: /^When/ });
    act(() => word.focus());
    fireEvent.keyDown(word, { key: 'Escape' });
    expect(document.activeElement).toBe(second);
  });

  it('what is typed in a list that hangs over the page is no command', async () => {
    const user = userEvent.setup();
    await stage({ kind: 'all', children: [country, ordered] });
    await user.click(screen.getByRole('button', { name: /^Values/ }));
    await user.keyboard('{Delete}');
    expect(now).toEqual({ kind: 'all', children: [country, ordered] });
  });
});

describe('beside the rows', () => {
  it('stand their counts', async () => {
    await stage({ kind: 'all', children: [country, ordered] });
    const path = 'root.children[0]'.length;
    await waitFor(() => expect(rows().every((r) => within(r).queryByText(String(path)))).toBe(true));
  });

  it('is what they take in that nobody expects, and one press mends it', async () => {
    await stage(quiet);
    fireEvent.click(await screen.findByRole('button', { name: 'and known for at least 90 days' }));
    expect(now).toEqual({ kind: 'all', children: [quiet, { kind: 'attribute', attribute: 'contact.created_at', op: 'not_in_last', value: 90, unit: 'day' }] });
    await waitFor(() => expect(screen.queryByText(/known for less/)).toBeNull());
  });
});

it('has no barriers that axe finds', async () => {
  const { container } = await stage({
    kind: 'any',
    children: [country, quiet, { kind: 'none', children: [{ kind: 'consent', purpose: 'marketing', op: 'granted' }, { kind: 'segment', segment: 'vip', op: 'in' }] }, { kind: 'sequence', steps: [{ event: 'order_placed' }, { event: 'order_placed', op: 'did_not', within: { last: 1, unit: 'day' } }] }],
  });
  expect(await barriers(container)).toEqual([]);
}, 30_000);
