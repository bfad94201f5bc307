import type { ConsentClaim, ImportColumn, ImportPlan, ImportRequest } from '@/lib/generated/api';

export type Kind = 'contacts' | 'events' | 'products';

/** What a person has decided about a file. Empty means: as it is found. */
export interface Choices {
  path: string;
  kind: Kind;
  delimiter: string;
  encoding: string;
  quote: string;
  /** By the column's index; a column that is not here is as the program matched it. */
  columns: Record<number, { target: string; type: string }>;
  onConflict: 'update' | 'fill' | 'keep';
  event: string;
  consent: ConsentClaim[];
  dateOrder: string;
}

const likeEvents = /order|event|purchase|sale|cart|click|open|visit|transaction|invoice|activit/i;
const likeProducts = /product|catalog|item|article|sku|inventory/i;

/** What a file most likely holds, by its name: it can be changed at once. */
export function kindOfFile(path: string): Kind {
  const name = fileName(path);
  if (likeEvents.test(name)) return 'events';
  return likeProducts.test(name) ? 'products' : 'contacts';
}

/** The event that the rows of a file most likely are; "" when its name says nothing. */
export function eventOfFile(path: string): string {
  const name = fileName(path);
  const known: [RegExp, string][] = [
    [/order|purchase|sale|invoice|transaction/i, 'order_placed'],
    [/cart|basket/i, 'cart_updated'],
    [/return|refund/i, 'order_returned'],
    [/view/i, 'product_viewed'],
    [/visit/i, 'site_visited'],
    [/click/i, 'email_clicked'],
    [/open/i, 'email_opened'],
  ];
  return known.find(([like]) => like.test(name))?.[1] ?? '';
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export function firstChoices(path: string): Choices {
  const kind = kindOfFile(path);
  return { path, kind, delimiter: '', encoding: '', quote: '', columns: {}, onConflict: 'update', event: kind === 'events' ? eventOfFile(path) : '', consent: [], dateOrder: '' };
}

/** Another kind: what was decided about columns was of the kind before. */
export function withKind(c: Choices, kind: Kind): Choices {
  return { ...c, kind, columns: {}, event: kind === 'events' ? c.event || eventOfFile(c.path) : '', consent: kind === 'contacts' ? c.consent : [] };
}

/** The question to the program. Once a column is decided, all are told: those left out would be ignored. */
export function requestOf(c: Choices, plan: Pick<ImportPlan, 'columns'> | undefined, dryRun = false): ImportRequest {
  const decided = Object.keys(c.columns).length > 0;
  const columns: ImportColumn[] = decided && plan ? plan.columns.map((p) => ({ index: p.index, target: c.columns[p.index]?.target ?? p.target, type: c.columns[p.index]?.type ?? '' })) : [];
  return {
    path: c.path,
    kind: c.kind,
    delimiter: c.delimiter,
    encoding: c.encoding,
    quote: c.quote,
    columns,
    key: '',
    on_conflict: c.onConflict,
    event: c.event.trim(),
    consent: dryRun || c.consent.every((x) => x.source.trim() !== '') ? c.consent.filter((x) => x.source.trim() !== '') : [],
    date_order: c.dateOrder,
    dry_run: dryRun,
  };
}

/** A column becomes something else; the one that was that before is left out, since two cannot be one thing. */
export function withTarget(c: Choices, plan: Pick<ImportPlan, 'columns'>, index: number, target: string): Choices {
  const columns = { ...c.columns, [index]: { target, type: '' } };
  for (const p of plan.columns) {
    const now = columns[p.index]?.target ?? p.target;
    if (p.index !== index && target !== 'ignore' && now === target) columns[p.index] = { target: 'ignore', type: '' };
  }
  return { ...c, columns };
}

export function withType(c: Choices, plan: Pick<ImportPlan, 'columns'>, index: number, type: string): Choices {
  const target = c.columns[index]?.target ?? plan.columns.find((p) => p.index === index)?.target ?? 'ignore';
  return { ...c, columns: { ...c.columns, [index]: { target, type } } };
}

/** What still has to be said before rows can be written, in words; "" when nothing has. */
export function missing(c: Choices, plan: ImportPlan): string {
  if (plan.problem) return sentence(plan.problem);
  if (plan.questions.length > 0) return 'Answer the question about dates first.';
  const claim = c.consent.find((x) => x.source.trim() === '');
  if (claim) return `Say where people agreed to ${claim.purpose}.`;
  return '';
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
