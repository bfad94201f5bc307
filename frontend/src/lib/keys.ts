/**
 * Keys of actions, written "mod+k", "shift+mod+p", "?", "delete" or as a
 * sequence of two, "g c". mod is ⌘ on a Mac and Ctrl elsewhere.
 */

export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** How a pressed key is written; "" for a modifier alone. */
export function written(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.toLowerCase();
  if (['control', 'shift', 'alt', 'meta', 'dead', 'process'].includes(key)) return '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const parts: string[] = [];
  if (event.altKey) parts.push('alt');
  // A shifted sign is its own key ("?"); a shifted letter is not.
  if (event.shiftKey && (key.length > 1 || /[a-z]/.test(key))) parts.push('shift');
  if (mod) parts.push('mod');
  parts.push(key === ' ' ? 'space' : key);
  return parts.join('+');
}

/** Whether a key belongs to the field it is typed in, rather than to an action. */
export function typing(event: Pick<KeyboardEvent, 'target' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  if (event.ctrlKey || event.metaKey) return false;
  const el = event.target;
  return el instanceof HTMLElement && (el.isContentEditable || el.closest('input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]') !== null);
}

const signs: Record<string, string> = isMac
  ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↵', escape: 'Esc', arrowup: '↑', arrowdown: '↓', delete: '⌫', space: 'Space' }
  : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter', escape: 'Esc', arrowup: '↑', arrowdown: '↓', delete: 'Del', space: 'Space' };

/** The keycaps of keys, one list per stroke: "g c" → [["G"], ["C"]]. */
export function keycaps(keys: string): string[][] {
  return keys.split(' ').map((stroke) => stroke.split('+').map((k) => signs[k] ?? (k.length === 1 ? k.toUpperCase() : k)));
}
