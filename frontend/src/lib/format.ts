/** Numbers, money and times as people read them. Locale: English, thin spaces. */

const thin = '\u202f';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

function thinned(text: string): string {
  return text.replaceAll(',', thin);
}

/** 12345 → "12 345". */
export function count(n: number): string {
  return thinned(whole.format(n));
}

/** A number with at most one decimal. */
export function decimal(n: number): string {
  return thinned(tenth.format(n));
}

/** "1 contact", "12 contacts"; plural only where an s does not do. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** part of total as a share: "0%", "<1%", "34%", ">99%", "100%". */
export function share(part: number, total: number): string {
  if (total <= 0) return '–';
  const percent = (100 * part) / total;
  if (part > 0 && percent < 1) return '<1%';
  if (part < total && percent > 99) return '>99%';
  return `${Math.round(percent)}%`;
}

/** An amount in major units ("19.99") with its currency, without cents when it is large. */
export function money(amount: string | number, currency: string, options?: { round?: boolean }): string {
  const n = Number(amount);
  if (!Number.isFinite(n)) return String(amount);
  const digits = options?.round ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {};
  try {
    return thinned(new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(n));
  } catch {
    return `${tenth.format(n)} ${currency}`; // a code that Intl does not know
  }
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const monthDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** "3 Mar 2026" of Unix milliseconds, or of a "yyyy-mm-dd" date; "" of 0. */
export function date(at: number | string): string {
  const d = instant(at);
  return d ? day.format(d) : '';
}

/** "3 Mar" – for axes and dense lists. */
export function shortDate(at: number | string): string {
  const d = instant(at);
  return d ? monthDay.format(d) : '';
}

/** "Tuesday, 3 March 2026" – heads of a timeline. */
export function fullDate(at: number | string): string {
  const d = instant(at);
  return d ? longDay.format(d) : '';
}

/** "14:05". */
export function time(at: number): string {
  const d = instant(at);
  return d ? clock.format(d) : '';
}

/** "3 Mar 2026, 14:05". */
export function dateTime(at: number): string {
  const d = instant(at);
  return d ? `${day.format(d)}, ${clock.format(d)}` : '';
}

function instant(at: number | string): Date | null {
  if (at === 0 || at === '') return null;
  // A civil date has no zone: read it as noon here, so that it is the same day everywhere.
  const d = typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at) ? new Date(`${at}T12:00:00`) : new Date(at);
  return Number.isNaN(d.getTime()) ? null : d;
}

const steps: [limit: number, size: number, unit: string][] = [
  [3600_000, 60_000, 'minute'],
  [86_400_000, 3600_000, 'hour'],
  [30 * 86_400_000, 86_400_000, 'day'],
];

/** "just now", "5 minutes ago", "yesterday", "3 days ago", then the date. */
export function relative(at: number, now = Date.now()): string {
  if (at === 0) return 'never';
  const age = now - at;
  if (age < 0) return dateTime(at);
  if (age < 60_000) return 'just now';
  for (const [limit, size, unit] of steps) {
    if (age >= limit) continue;
    const n = Math.floor(age / size);
    if (unit === 'day' && n === 1) return 'yesterday';
    return `${plural(n, unit)} ago`;
  }
  return date(at);
}

/** "0.4 s", "12 s", "3 min 20 s", "1 h 5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const s = ms / 1000;
  if (s < 10) return `${tenth.format(s)} s`;
  if (s < 60) return `${Math.round(s)} s`;
  const m = Math.floor(s / 60);
  if (m < 60) return `${m} min ${Math.round(s % 60)} s`;
  return `${Math.floor(m / 60)} h ${m % 60} min`;
}

/** "812 B", "14 KB", "3.2 MB": 1 KB is 1,024 bytes, as mail servers count. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  const units = ['KB', 'MB', 'GB'];
  let size = n / 1024;
  let u = 0;
  while (size >= 1024 && u < units.length - 1) {
    size /= 1024;
    u++;
  }
  return `${tenth.format(size)} ${units[u] ?? 'GB'}`;
}
