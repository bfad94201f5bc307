import { isMac } from '@/lib/keys';

/** What a key does to the row it is pressed in. */
export type Command = 'undo' | 'redo' | 'duplicate' | 'wrap' | 'negate' | 'up' | 'down' | 'delete' | 'add' | 'previous' | 'next' | 'row';

/** What has the keyboard: the row itself, a word to pick, a field, or one of the two with nothing in it. */
export type Spot = 'row' | 'word' | 'empty word' | 'field' | 'empty field';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command of a key, or nothing where the key belongs to the field or the browser. */
export function commandOf(e: Pressed, spot: Spot, mac = isMac): Command | null {
  const key = e.key.toLowerCase();
  if (mac ? e.metaKey : e.ctrlKey) {
    if (e.altKey) return null;
    if (key === 'z') return e.shiftKey ? 'redo' : 'undo';
    if (e.shiftKey) return null;
    return ({ y: 'redo', d: 'duplicate', g: 'wrap', i: 'negate' } as const)[key] ?? null;
  }
  if (e.altKey) return key === 'arrowup' ? 'up' : key === 'arrowdown' ? 'down' : null;
  if (e.shiftKey || e.ctrlKey || e.metaKey) return null;
  const onRow = spot === 'row';
  switch (key) {
    case 'delete':
      return spot === 'field' ? null : 'delete';
    case 'backspace':
      return onRow || spot === 'empty word' || spot === 'empty field' ? 'delete' : null;
    case 'enter':
      return onRow || spot === 'field' ? 'add' : null;
    case 'arrowup':
      return onRow ? 'previous' : null;
    case 'arrowdown':
      return onRow ? 'next' : null;
    case 'escape':
      return onRow ? null : 'row';
  }
  return null;
}

/** The spot that an element of a row is. */
export function spotOf(el: HTMLElement): Spot {
  if (el.hasAttribute('data-row')) return 'row';
  if (el instanceof HTMLInputElement) return el.value === '' ? 'empty field' : 'field';
  return el.hasAttribute('data-unfilled') ? 'empty word' : 'word';
}
