import { describe, expect, it } from 'vitest';
import { bytes, count, date, duration, money, plural, relative, share } from './format';

const thin = '\u202f';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, `1${thin}000`],
    [1234567, `1${thin}234${thin}567`],
    [-4500, `-4${thin}500`],
  ])('count %d', (n, want) => expect(count(n)).toBe(want));

  it.each([
    ['nobody of nobody', 0, 0, '–'],
    ['one of many is not none', 1, 1000, '<1%'],
    ['all but one is not all', 999, 1000, '>99%'],
    ['none', 0, 1000, '0%'],
    ['all', 7, 7, '100%'],
    ['a third', 1, 3, '33%'],
  ])('share: %s', (_, part, total, want) => expect(share(part, total)).toBe(want));

  it('agrees in number', () => {
    expect(plural(1, 'contact')).toBe('1 contact');
    expect(plural(0, 'contact')).toBe('0 contacts');
    expect(plural(2, 'person', 'people')).toBe('2 people');
  });

  it.each([
    ['cents stay', '19.9', 'EUR', '€19.90'],
    ['a currency without cents', '1500', 'JPY', `¥1${thin}500`],
    ['what is no number stays as it is', 'a lot', 'EUR', 'a lot'],
  ])('money: %s', (_, amount, currency, want) => expect(money(amount, currency)).toBe(want));

  it.each([
    [1023, '1023 B'],
    [1024, '1 KB'],
    [104448, '102 KB'],
    [5 * 1024 * 1024, '5 MB'],
  ])('bytes %d', (n, want) => expect(bytes(n)).toBe(want));
});

describe('times', () => {
  const now = new Date(2026, 2, 10, 12, 0).getTime();
  it.each([
    ['never', 0, 'never'],
    ['seconds', now - 30_000, 'just now'],
    ['one minute', now - 60_000, '1 minute ago'],
    ['just under an hour', now - 3_599_000, '59 minutes ago'],
    ['an hour', now - 3_600_000, '1 hour ago'],
    ['a day', now - 86_400_000, 'yesterday'],
    ['days', now - 3 * 86_400_000, '3 days ago'],
    ['long ago is a date', now - 60 * 86_400_000, '9 Jan 2026'],
  ])('relative: %s', (_, at, want) => expect(relative(at, now)).toBe(want));

  it('shows a civil date as that day in every zone', () => expect(date('2026-03-01')).toBe('1 Mar 2026'));
  it('shows nothing of what is no date', () => expect(date('soon')).toBe(''));

  it.each([
    [340, '340 ms'],
    [1500, '1.5 s'],
    [59_000, '59 s'],
    [200_000, '3 min 20 s'],
    [3_900_000, '1 h 5 min'],
  ])('duration %d', (ms, want) => expect(duration(ms)).toBe(want));
});
