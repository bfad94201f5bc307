import { humanize } from '@/lib/value';

/** "contact.save" → "Contact: save". */
export function actionText(action: string): string {
  const [what = '', ...how] = action.split(/[.:]/);
  return how.length > 0 ? `${humanize(what)}: ${humanize(how.join(' ')).toLowerCase()}` : humanize(action);
}

/** What an entry tells openly, as "file orders.csv · rows 1200". */
export function detailText(open: unknown): string {
  if (open === null || typeof open !== 'object') return '';
  return Object.entries(open)
    .filter(([, v]) => v !== null && v !== '' && typeof v !== 'object')
    .map(([k, v]) => `${humanize(k).toLowerCase()} ${String(v)}`)
    .join(' · ');
}
