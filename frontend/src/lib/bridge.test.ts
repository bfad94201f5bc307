import { describe, expect, it, vi } from 'vitest';
import { backend, Refusal } from '@/testing/backend';
import { AppError, call, messageOf } from './bridge';

describe('call', () => {
  it('sends the arguments as an array and gives the result', async () => {
    const { calls } = backend({ 'Shop.Sell': (a: number, b: string) => ({ a, b }) });
    expect(await call('Shop.Sell', [1, 'x'])).toEqual({ a: 1, b: 'x' });
    expect(calls).toEqual([{ method: 'Shop.Sell', args: [1, 'x'] }]);
  });

  it('gives the code, message and field of a failure', async () => {
    backend({
      'Shop.Sell': () => {
        throw new Refusal(409, 'conflict', 'the last one is gone', 'stock');
      },
    });
    const error = await call('Shop.Sell', []).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'conflict', message: 'the last one is gone', field: 'stock' });
  });

  it('tells of an answer that is no JSON', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
    await expect(call('Shop.Sell', [])).rejects.toMatchObject({ code: 'internal' });
  });

  it('says that the program is gone', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(call('Shop.Sell', [])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('does not answer') as string });
  });

  it('leaves a call that was given up as what it is', async () => {
    const stop = new AbortController();
    vi.stubGlobal('fetch', () => {
      stop.abort();
      return Promise.reject(new DOMException('Aborted', 'AbortError'));
    });
    await expect(call('Shop.Sell', [], stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('messageOf', () => {
  it.each([
    [new AppError('invalid', 'the name is empty'), 'The name is empty.'],
    [new Error('Ready?'), 'Ready?'],
    ['odd', 'Odd.'],
  ])('makes a sentence', (error, want) => expect(messageOf(error)).toBe(want));
});
