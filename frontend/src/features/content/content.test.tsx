import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PreviewRequest, PreviewResult, PutTemplate, Template } from '@/lib/generated/api';
import { backend, Refusal } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { Editing } from './EditorPage';
import ContentPage from './Page';

const template: Template = {
  name: 'Spring letter',
  subject: 'Hello {{ first_name }}',
  blocks: [
    { id: 'title', kind: 'heading', content: 'Spring is here' },
    { id: 'go', kind: 'button', label: 'Look', url: 'https://shop.example' },
    {
      id: 'offer', kind: 'choice', rule: { branches: [{ name: 'Best', when: { kind: 'segment', segment: 'vip', op: 'in' }, choose: 'vip' }], default: 'all' },
      variants: { vip: { id: 'offer.vip', kind: 'spacer' }, all: { id: 'offer.all', kind: 'divider' } },
    },
  ],
};

const trace = (path: string, id: string, kind: string, variant = '') => ({ id, path, kind, depth: 0, rule: null, variant, fallback: false, reason: '', hidden: false, missing: [], picks: [], start: 0, end: 1 });

function composed(q: PreviewRequest): PreviewResult {
  return {
    id: 'p', url: '/preview/p', contact_id: q.contact_id, email: 'anna@example.com', subject: 'Hello Anna', preheader: '', html: '', text: '', bytes: 10, failed: false, problem: null, from_outbox: false, ms: 1,
    trace: { blocks: [trace('blocks[0]', 'title', 'heading'), trace('blocks[1]', 'go', 'button'), trace('blocks[2]', 'offer', 'choice', 'all'), trace('blocks[2].variants.all', 'offer.all', 'divider')], missing: [], refused: [] },
  };
}

const summary = { slug: 'spring', name: 'Spring letter', subject: template.subject, version: 3, updated_at: 1, blocks: 3, used_by: ['campaign spring'] };
const kind = (k: string, label: string, fields: [string, string][] = []) => ({ kind: k, label, fields: fields.map(([name, type]) => ({ name, label: name, type, options: [], default: '', min: 1, max: 300, required: false, help: '' })) });

const answers = {
  'Content.Templates': () => [summary],
  'Content.Blocks': () => [{ slug: 'foot', name: 'Foot', kinds: ['text'], version: 1, updated_at: 1, used_by: ['template spring'] }],
  'Content.Block': () => ({ slug: 'foot', name: 'Foot', version: 1, blocks: [{ id: 't', kind: 'text' }], updated_at: 1, author: '', note: '' }),
  'Content.Starters': () => [{ slug: 'welcome', name: 'Welcome', description: 'A first letter', template }],
  'Content.Template': () => ({ slug: 'spring', version: 3, template, updated_at: 1, author: 'me', note: '' }),
  'Content.BlockKinds': () => [kind('heading', 'Heading', [['content', 'liquid']]), kind('button', 'Button'), kind('spacer', 'Space', [['height', 'number']]), kind('divider', 'Divider'), kind('choice', 'Choice')],
  'Content.Variables': () => [{ name: 'first_name', label: 'First name', type: 'text', sample: 'Anna', filled: 9 }],
  'Content.Check': () => [{ severity: 'warning', block: 'go', place: 'blocks[1].url', message: 'the link leads nowhere', line: 0, column: 0 }],
  'Content.PutTemplate': (p: PutTemplate) => ({ slug: p.slug, version: 4, template: p.template, updated_at: 2, author: 'me', note: p.note }),
  'Contacts.Find': () => [{ id: 7, email: 'anna@example.com', name: 'Anna' }],
  'Preview.Compose': composed,
  'Rules.List': () => [],
  'Content.TestPeople': () => [],
  'Segments.List': () => [{ slug: 'vip', name: 'Best customers' }],
  'Segments.Describe': () => ({ sentence: 'in the segment “vip”' }),
  'Segments.Count': () => ({ count: 12, total: 100, as_of: 0, ms: 1, nodes: [], problems: [] }),
  'Workspace.Status': () => ({ open: true, contacts: 100, currency: 'EUR', data_version: 1 }),
};

describe('the list', () => {
  it('shows templates as what somebody gets, and the blocks they share', async () => {
    backend(answers);
    const { container } = await showAt('/content', <ContentPage />);
    const cards = within(await screen.findByRole('list', { name: 'Templates' }));
    expect(cards.getByText('Hello {first_name}')).toBeTruthy();
    await waitFor(() => expect(container.querySelector('iframe[sandbox=""]')?.getAttribute('src')).toBe('/preview/p'));
    expect(await screen.findByText('In spring')).toBeTruthy();
    expect(await barriers(container)).toEqual([]);
  });

  it('says what to do first, and begins with a starter', async () => {
    const { calls } = backend({ ...answers, 'Content.Templates': () => [], 'Content.Blocks': () => [], 'Content.PutTemplate': (p: PutTemplate) => ({ slug: 'welcome', version: 1, template: p.template, updated_at: 2, author: '', note: '' }) });
    await showAt('/content', <ContentPage />);
    await screen.findByText('No templates yet');
    await userEvent.click(screen.getByRole('button', { name: 'New template' }));
    await userEvent.click(await screen.findByRole('button', { name: /Welcome/ }));
    await waitFor(() => expect(calls.find((c) => c.method === 'Content.PutTemplate')?.args[0]).toMatchObject({ slug: '', base_version: 0, template: { subject: template.subject } }));
  });
});

describe('the editor', () => {
  beforeEach(() => localStorage.clear());
  const open = async (more: Partial<Record<keyof typeof answers, (...args: never[]) => unknown>> = {}) => {
    const { calls } = backend({ ...answers, ...more });
    const shown = await showAt('/content/templates/spring', <Editing kind="template" slug="spring" />);
    const outline = within(await screen.findByRole('navigation', { name: 'Parts of the e-mail' }));
    await screen.findByTitle('E-mail for anna@example.com');
    return { calls, outline, ...shown };
  };
  const row = (outline: { getByRole: typeof screen.getByRole }, name: RegExp) => outline.getByRole('button', { name });

  it('says of each block what this person gets', async () => {
    const { outline, container } = await open();
    expect(row(outline, /^Choice.*all$/)).toBeTruthy();
    expect(row(outline, /^all.*what this person gets/)).toBeTruthy();
    expect(outline.queryByRole('button', { name: /^vip.*what this person gets/ })).toBeNull();
    expect(await barriers(container)).toEqual([]);
  });

  it('composes a draft again as it changes, and outlines the chosen block', async () => {
    const { outline, calls } = await open();
    await userEvent.click(row(outline, /^Choice/));
    await waitFor(() => expect(screen.getAllByTitle('E-mail for anna@example.com').at(-1)?.getAttribute('src')).toBe('/preview/p?block=2#mw-outlined'));
    row(outline, /^Choice/).focus();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await waitFor(() => {
      const asked = calls.findLast((c) => c.method === 'Preview.Compose')?.args[0] as PreviewRequest & { template: Template };
      expect(asked.template.blocks.map((b) => b.id)).toEqual(['title', 'offer', 'go']);
    });
  });

  it('takes steps back, and saves what it has as a version', async () => {
    const { outline, calls } = await open();
    expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await userEvent.click(row(outline, /^Heading/));
    await userEvent.keyboard('{Delete}');
    expect(outline.queryByRole('button', { name: /^Heading/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(row(outline, /^Heading/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Redo' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(calls.find((c) => c.method === 'Content.PutTemplate')?.args[0]).toMatchObject({ slug: 'spring', base_version: 3, template: { blocks: [{ id: 'go' }, { id: 'offer' }] } }));
    expect(await screen.findByText('version 4')).toBeTruthy();
  });

  it('tells of a newer version, and saves over it only when asked to', async () => {
    let saved = 0;
    let newest = 3;
    const { outline, calls } = await open({
      'Content.Template': () => ({ slug: 'spring', version: newest, template, updated_at: 1, author: '', note: '' }),
      'Content.PutTemplate': (p: PutTemplate) => {
        newest = 8;
        if (p.base_version !== 8) throw new Refusal(409, 'conflict', 'there is a newer version');
        saved++;
        return { slug: 'spring', version: 9, template: p.template, updated_at: 2, author: '', note: '' };
      },
    } as never);
    await userEvent.click(row(outline, /^Heading/));
    await userEvent.keyboard('{Delete}');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Somebody saved it in the meantime');
    expect(saved).toBe(0);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Save mine over it' })).toHaveProperty('disabled', false));
    await userEvent.click(screen.getByRole('button', { name: 'Save mine over it' }));
    expect(await screen.findByText('version 9')).toBeTruthy();
    expect(calls.filter((c) => c.method === 'Content.PutTemplate')).toHaveLength(2);
  });

  it('says for which test person it fails, and saves it so only when asked to', async () => {
    const anna = { id: 7, email: 'anna@example.com', name: 'Anna' };
    const { outline, calls } = await open({
      'Content.TestPeople': () => [{ contact: anna, failed: true, problem: { code: 'invalid', message: 'no size to divide by', field: '' }, missing: [] }],
      'Content.PutTemplate': (p: PutTemplate) => {
        if (!p.anyway) throw new Refusal(400, 'invalid', 'the test person anna@example.com would get no e-mail', 'test_people');
        return { slug: 'spring', version: 4, template: p.template, updated_at: 2, author: '', note: '' };
      },
      'Content.SetTestPeople': () => null,
    } as never);
    await userEvent.click(await screen.findByRole('button', { name: '1 test person fails' }));
    expect(await screen.findByText('no size to divide by')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Anna is no longer a test person' }));
    await waitFor(() => expect(calls.find((c) => c.method === 'Content.SetTestPeople')?.args).toEqual(['template', 'spring', []]));
    await userEvent.keyboard('{Escape}');
    await userEvent.click(row(outline, /^Heading/));
    await userEvent.keyboard('{Delete}');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Save anyway' }));
    expect(await screen.findByText('version 4')).toBeTruthy();
  });

  it('leads from a finding to its block', async () => {
    const { container } = await open();
    await userEvent.click(await screen.findByRole('radio', { name: 'To mend (1)' }));
    await userEvent.click(screen.getByRole('button', { name: /the link leads nowhere/ }));
    expect(await screen.findByRole('region', { name: 'Button go' })).toBeTruthy();
    expect(await barriers(container)).toEqual([]);
  });

  it('shows a choice as branches and variants', async () => {
    const { outline, container } = await open();
    await userEvent.click(row(outline, /^Choice/));
    expect(await screen.findByText('in the segment “vip”')).toBeTruthy();
    expect(screen.getByRole('tab', { name: /^all/ }).getAttribute('aria-selected')).toBe('true');
    await userEvent.click(screen.getByRole('tab', { name: /^vip/ }));
    expect(screen.getByRole('textbox', { name: 'height' })).toBeTruthy();
    expect(await barriers(container)).toEqual([]);
  });

  it('counts who gets which variant, and puts a rule inside of a branch', async () => {
    const counts = { total: 100, branches: [{ path: 'branches[0]', name: 'Best', choose: 'vip', reached: 100, chosen: 12 }], defaulted: 88 };
    const { outline, container, calls } = await open({ 'Rules.Count': () => counts } as never);
    await userEvent.click(row(outline, /^Choice/));
    const rule = within(await screen.findByRole('region', { name: 'Rule' }));
    expect(await rule.findByText('88')).toBeTruthy();
    expect(screen.getByRole('tab', { name: /^vip/ }).textContent).toBe('vip12');
    await userEvent.click(rule.getByRole('button', { name: 'What to do with Best' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Choose among more inside' }));
    const inner = within(await rule.findByRole('listitem', { name: 'branch 1 of Best' }));
    expect(inner.getByRole('combobox', { name: 'Variant of branch 1 of Best' })).toHaveProperty('value', 'all');
    expect(rule.getByRole('combobox', { name: 'Variant for everybody else of Best' })).toHaveProperty('value', 'vip');
    await waitFor(() => {
      const asked = calls.findLast((c) => c.method === 'Rules.Count')?.args[0];
      expect(asked).toMatchObject({ branches: [{ name: 'Best', then: { branches: [{ choose: 'all' }], default: 'vip' } }], default: 'all' });
    });
    expect(await barriers(container)).toEqual([]);
  });
});
