import { vi } from 'vitest';

type Answers = Record<string, (...args: never[]) => unknown>;

/** What an answer throws to be a failure: the form in which the program tells one. */
export class Refusal {
  readonly status: number;
  readonly error: { code: string; message: string; field: string };

  constructor(status: number, code: string, message: string, field = '') {
    this.status = status;
    this.error = { code, message, field };
  }
}

/**
 * Stands where the program would: fetch of /call/SERVICE.METHOD is answered by
 * the function of that name, at once or later. It gives the calls that were made.
 */
export function backend(answers: Answers): { calls: { method: string; args: unknown[] }[] } {
  const calls: { method: string; args: unknown[] }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const method = url.replace('/call/', '');
    const args = JSON.parse(String(init.body)) as never[];
    calls.push({ method, args });
    return respond(answers, method, args);
  });
  return { calls };
}

async function respond(answers: Answers, method: string, args: never[]): Promise<Response> {
  const answer = answers[method];
  if (!answer) return json(404, { error: { code: 'not_found', message: `there is no call ${method}`, field: '' } });
  try {
    return json(200, (await answer(...args)) ?? null);
  } catch (e) {
    if (e instanceof Refusal) return json(e.status, { error: e.error });
    throw e;
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
