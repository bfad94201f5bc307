/** The civil time that a zone's clocks show at an instant, written as if it were UTC. */
function clock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

const hours = 3_600_000;

/**
 * The first millisecond of a civil day, "2026-05-03", in a zone; 0 for none. As in
 * conditions, an ambiguous midnight is the earlier, a skipped one moves on by the gap.
 */
export function startOfDay(day: string, zone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(wanted)) return 0;
  const by = [-24, 24].map((h) => wanted - (clock(wanted + h * hours, zone) - (wanted + h * hours)));
  const right = by.filter((at) => clock(at, zone) === wanted);
  return right.length > 0 ? Math.min(...right) : (by[0] ?? 0);
}

/** The last millisecond of a civil day in a zone; 0, which is now, for none and for days to come. */
export function endOfDay(day: string, zone: string, now = Date.now()): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(wanted)) return 0;
  const end = startOfDay(civil(wanted + 24 * hours), zone) - 1;
  return end < now ? end : 0;
}

/** The civil day in a zone, some days before now. */
export function dayBefore(days: number, zone: string, now = Date.now()): string {
  return civil(clock(now, zone) - days * 24 * hours);
}

function civil(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
