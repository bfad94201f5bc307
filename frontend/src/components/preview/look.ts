/** How a message is looked at. It changes the frame, never the message. */
export interface Look {
  screen: 'phone' | 'desktop';
  dark: boolean;
  /** What of the message is shown: as mail programs draw it, its text part, or its HTML as written. */
  part: 'design' | 'text' | 'source';
  images: boolean;
  /** Pictures from other servers too: asking for them tells those servers. */
  remote: boolean;
}

export const plainLook: Look = { screen: 'desktop', dark: false, part: 'design', images: true, remote: false };

/** The id that the program gives to what it outlines. */
const outlined = 'mw-outlined';

/**
 * The address of a frame that shows a composed message in a look, with one block
 * of its trace outlined and scrolled to; -1 outlines none.
 */
export function frameURL(url: string, look: Look, block = -1): string {
  const q = new URLSearchParams();
  if (look.dark) q.set('dark', '1');
  if (look.part === 'text') q.set('part', 'text');
  else {
    if (!look.images) q.set('images', '0');
    else if (look.remote) q.set('remote', '1');
    if (block >= 0) q.set('block', String(block));
  }
  const query = q.size > 0 ? `?${q}` : '';
  return `${url}${query}${q.has('block') ? `#${outlined}` : ''}`;
}

/** Pixels a frame is wide: a phone, or a screen with the message's margins. */
export function frameWidth(look: Look): number {
  return look.screen === 'phone' ? 375 : 680;
}
