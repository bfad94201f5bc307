import { QueryClientProvider } from '@tanstack/react-query';
import { renderHook, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useMemo, useState, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import type { PreviewRequest, PreviewResult } from '@/lib/generated/api';
import { newQueryClient } from '@/lib/query';
import { backend } from '@/testing/backend';
import { barriers, show } from '@/testing/render';
import { plainLook } from './look';
import { PreviewDesk } from './PreviewDesk';
import { usePreview, type ComposedPreview } from './usePreview';
import { WhyPanel } from './WhyPanel';

const explanation = { path: 'root', sentence: 'in the segment “vip”', holds: false, seen: 'not in the segment', wanted: '', flip: null, children: [] };

const result: PreviewResult = {
  id: 'a', url: '/preview/a', contact_id: 7, email: 'anna@example.com', subject: 'Hello <b>Anna</b>', preheader: 'News', html: '<p>Hi</p>', text: 'Hi', bytes: 900,
  failed: false, problem: null, from_outbox: false, ms: 3,
  trace: {
    missing: [], refused: [],
    blocks: [
      { id: 'title', path: 'blocks[0]', kind: 'heading', depth: 0, rule: null, variant: '', fallback: false, reason: '', hidden: false, missing: [{ name: 'city', where: 'title', line: 1, column: 1, covered: false }], picks: [], start: 0, end: 10 },
      {
        id: 'offer', path: 'blocks[1]', kind: 'choice', depth: 0, variant: 'all', fallback: false, reason: '', hidden: false, missing: [], picks: [], start: 10, end: 20,
        rule: { chosen: 'all', path: 'default', tried: [{ path: 'branches[0]', name: 'Best', choose: 'best', holds: false, because: explanation }] },
      },
    ],
  },
};

const composed = (r: PreviewResult, more: Partial<ComposedPreview> = {}): ComposedPreview => ({ result: r, stale: false, error: null, retry: () => {}, ...more });

it('shows a message in a frame that can run nothing', () => {
  const { container } = show(<PreviewDesk preview={composed(result)} look={plainLook} />);
  const frame = screen.getByTitle('E-mail for anna@example.com');
  expect(frame.getAttribute('sandbox')).toBe('');
  expect(frame.hasAttribute('srcdoc')).toBe(false);
  expect(frame.getAttribute('src')).toBe('/preview/a');
  expect(screen.getByText('Hello <b>Anna</b>')).toBeTruthy();
  expect(container.querySelector('b')).toBeNull();
});

it('leaves the last whole message in its place while the draft is not whole', () => {
  const broken: PreviewResult = { ...result, id: '', url: '', email: '', failed: true, problem: { code: 'invalid', message: 'unexpected {', field: 'subject' } };
  const { rerender } = show(<PreviewDesk preview={composed(broken)} look={plainLook} />);
  expect(screen.getByRole('alert').textContent).toContain('Unexpected {.');
  rerender(<></>);
  const { container } = show(<PreviewDesk preview={composed(broken, { whole: result })} look={plainLook} />);
  expect(container.querySelector('iframe')?.getAttribute('src')).toBe('/preview/a');
  expect(screen.getByText('In the subject')).toBeTruthy();
});

it('keeps the last whole message of the same person', async () => {
  backend({ 'Preview.Compose': ({ template, contact_id }: PreviewRequest) => (template === 'broken' ? { ...result, contact_id, email: '', failed: true } : { ...result, contact_id }) });
  const { result: hook, rerender } = renderHook(({ t, who }) => usePreview(useMemo(() => ({ template: t }), [t]), who), { initialProps: { t: 'good', who: 7 }, wrapper: Around });
  await waitFor(() => expect(hook.current.result?.failed).toBe(false));
  expect(hook.current.whole).toBeUndefined();
  rerender({ t: 'broken', who: 7 });
  await waitFor(() => expect(hook.current.result?.failed).toBe(true));
  expect(hook.current.whole?.contact_id).toBe(7);
  rerender({ t: 'broken', who: 8 });
  await waitFor(() => expect(hook.current.result?.contact_id).toBe(8));
  expect(hook.current.whole).toBeUndefined();
});

function Around({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

it('says of a person who gets no message where it failed, and leads there', async () => {
  const failed: PreviewResult = { ...result, failed: true, problem: { code: 'invalid', message: 'nothing to show', field: 'blocks[1]' } };
  const onPlace = vi.fn();
  const { container } = show(<PreviewDesk preview={composed(failed)} look={plainLook} onPlace={onPlace} />);
  expect(container.querySelector('iframe')).toBeNull();
  expect(screen.getByText('anna@example.com would get no message')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show it' }));
  expect(onPlace).toHaveBeenCalledWith('blocks[1]');
});

it('says why, line by line, and opens one', async () => {
  const onBlock = vi.fn();
  const { container, rerender } = show(<WhyPanel result={result} block={-1} onBlock={onBlock} />);
  expect(screen.getByText('1 missing')).toBeTruthy();
  expect(screen.getByText('no branch holds, so the default')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /offer/ }));
  expect(onBlock).toHaveBeenCalledWith(1);
  expect(await barriers(container)).toEqual([]);
  rerender(<></>);
  const open = show(<WhyPanel result={result} block={1} onBlock={onBlock} />);
  expect(screen.getByText('not in the segment')).toBeTruthy();
  expect(screen.getByText('Best')).toBeTruthy();
  expect(await barriers(open.container)).toEqual([]);
});
