/** The first millisecond of a civil day, "2026-05-03"; 0 for none. */
export function startOfDay(day: string): number {
  const at = day === '' ? 0 : new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? 0 : at;
}

/** The last millisecond of a civil day; 0, which is now, for none and for days to come. */
export function endOfDay(day: string, now = Date.now()): number {
  const start = startOfDay(day);
  if (start === 0) return 0;
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.getTime() - 1 < now ? next.getTime() - 1 : 0;
}

/** The civil day of some days before now. */
export function dayBefore(days: number, now = new Date()): string {
  const d = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 12);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
}
