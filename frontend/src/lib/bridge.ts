/**
 * The one way from a page to the program: POST /call/SERVICE.METHOD with the
 * arguments as a JSON array. The generated client (lib/generated/api.ts) calls
 * it; pages call the client.
 */

export type ErrorCode = 'invalid' | 'denied' | 'not_found' | 'conflict' | 'unavailable' | 'cancelled' | 'internal';

/** A failure as the program tells it: a message for people, and the field it is about. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string;

  constructor(code: ErrorCode, message: string, field = '') {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.field = field;
  }
}

/** Calls a method of a service. It rejects with an AppError, or with the signal's reason. */
export async function call<T>(method: string, args: unknown[], signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/call/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new AppError('unavailable', 'Mailwright does not answer. It may have been closed; open it again.');
  }
  return read<T>(answer);
}

/** Reads the answer of the program: the result, or the AppError it carries. */
export async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  throw failure(text, answer.status);
}

function failure(text: string, status: number): AppError {
  try {
    const told = (JSON.parse(text) as { error?: { code?: ErrorCode; message?: string; field?: string } }).error;
    if (told?.message) return new AppError(told.code ?? 'internal', told.message, told.field);
  } catch {
    // Not JSON: something between the page and the program answered.
  }
  return new AppError(status === 403 ? 'denied' : 'internal', text.trim() || 'The program gave no answer.');
}

/** What to show a person of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return sentence(error.message);
  return sentence(String(error));
}

function sentence(text: string): string {
  const s = text.trim();
  if (s === '') return 'Something went wrong, and the program did not say what.';
  const upper = s.charAt(0).toUpperCase() + s.slice(1);
  return /[.!?…]$/.test(upper) ? upper : `${upper}.`;
}
