import { read } from './bridge';
import { Native, type Capabilities } from './generated/api';

/** What the surroundings can do; asked once. */
let known: Promise<Capabilities> | undefined;

export function capabilities(): Promise<Capabilities> {
  known ??= Native.capabilities().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

/**
 * Brings a file of the browser's to the program and gives the path it lies at.
 * Only for pages in a browser: the window opens files by its own dialogs. The
 * body is an array of bytes, since a Blob as body ends the program in WebKitGTK.
 */
export async function upload(file: File, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(await file.arrayBuffer()),
    signal,
  });
  return (await read<{ path: string }>(answer)).path;
}

/** Asks the browser for a file; null when the person gave up. */
export function pickInBrowser(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.style.display = 'none';
    const end = (file: File | null) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => end(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => end(null), { once: true });
    document.body.append(input);
    input.click();
  });
}

/** Opens an http, https or mailto address outside of the program. */
export async function openAddress(address: string): Promise<void> {
  if (!/^(https?|mailto):/i.test(address)) return;
  if ((await capabilities()).native_dialogs) await Native.openURL(address);
  else window.open(address, '_blank', 'noopener,noreferrer');
}
