import { expect, it } from 'vitest';
import { frameURL, plainLook } from './look';

it.each([
  ['as it is', {}, -1, '/preview/a'],
  ['dark', { dark: true }, -1, '/preview/a?dark=1'],
  ['without pictures', { images: false }, -1, '/preview/a?images=0'],
  ['pictures of the web are asked for only with pictures', { images: false, remote: true }, -1, '/preview/a?images=0'],
  ['with pictures of the web', { remote: true }, -1, '/preview/a?remote=1'],
  ['a block is outlined and scrolled to', { dark: true }, 3, '/preview/a?dark=1&block=3#mw-outlined'],
  ['the first block too', {}, 0, '/preview/a?block=0#mw-outlined'],
  ['the text part has no blocks', { part: 'text' as const, remote: true }, 3, '/preview/a?part=text'],
  ['the width of the screen is no part of the address', { screen: 'phone' as const }, -1, '/preview/a'],
])('%s', (_, change, block, want) => expect(frameURL('/preview/a', { ...plainLook, ...change }, block)).toBe(want));
