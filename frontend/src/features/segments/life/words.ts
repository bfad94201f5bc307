import { date, dateTime, plural, shortDate, time } from '@/lib/format';
import type { SegmentChange, SegmentDay, SegmentPlace } from '@/lib/generated/api';

/** "current as of 10:42", with the day where that is not today. */
export function freshness(asOf: number, now = Date.now()): string {
  if (asOf === 0) return 'joins and leaves are noted from now on';
  return `current as of ${date(asOf) === date(now) ? time(asOf) : dateTime(asOf)}`;
}

/** Why people joined or left; before is the change before it. */
export function causeOf(c: SegmentChange, before?: SegmentChange): string {
  switch (c.cause) {
    case 'first':
      return 'Counted for the first time';
    case 'definition':
      return before?.version === c.version ? 'Its group, list or a segment in it changed' : `Version ${c.version} was saved`;
    case 'time':
      return 'Time passed';
    default:
      return 'What is known of people changed';
  }
}

/** "review was due 3 May", "review by 3 May 2027", "" without a date. Dates compare as texts. */
export function reviewOf(reviewOn: string, today = localDay()): string {
  if (reviewOn === '') return '';
  const day = reviewOn.slice(0, 4) === today.slice(0, 4) ? shortDate(reviewOn) : date(reviewOn);
  return reviewOn <= today ? `review was due ${day}` : `review by ${day}`;
}

export function isDue(reviewOn: string, today = localDay()): boolean {
  return reviewOn !== '' && reviewOn <= today;
}

/** The day here, as "2026-05-03". */
export function localDay(now = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/** "second of 4 in Customer ladder"; "" for a segment of no group. */
export function placeOf(p: SegmentPlace): string {
  if (p.group === '') return '';
  return `${ordinals[p.place] ?? `number ${p.place}`} of ${p.of} in ${p.name}`;
}

export interface Point {
  date: string;
  size: number;
}

/** The ends of the steps of the line: each day that was noted, and today. */
export function pointsOf(days: SegmentDay[], today = localDay()): Point[] {
  const points = days.map((d) => ({ date: d.date, size: d.size }));
  const last = points.at(-1);
  if (last && last.date < today) points.push({ date: today, size: last.size });
  return points;
}

/** "12 joined and 3 left since 3 May 2026". */
export function movedSince(days: SegmentDay[]): string {
  const first = days[0];
  if (!first) return '';
  const joined = days.reduce((n, d) => n + d.joined, 0);
  const left = days.reduce((n, d) => n + d.left, 0);
  if (joined + left === 0) return `nobody joined or left since ${date(first.date)}`;
  return `${plural(joined, 'person', 'people')} joined and ${plural(left, 'person', 'people')} left since ${date(first.date)}`;
}
