import type { Json } from '@/lib/generated/api';

/** A way of choosing products as its form has it; docs/files.md says what the saved one holds. */
export interface Step {
  strategy: string;
  skus?: string[];
  days?: number;
}

export interface Draft {
  name: string;
  steps: Step[];
  soldOut: boolean;
  priceFrom: string;
  priceTo: string;
  categories: string[];
  notBoughtDays: number | '';
}

export const strategies = [
  { value: 'for_you', label: 'What suits each person', about: 'What they will most likely buy next, things they buy again among it' },
  { value: 'bought_together', label: 'Bought together', about: 'New to them, bought by those who bought the same' },
  { value: 'viewed_together', label: 'Looked at together', about: 'New to them, looked at by those who looked at the same' },
  { value: 'same_category', label: 'The same categories', about: 'From the categories they buy from and look at' },
  { value: 'recently_viewed', label: 'Recently looked at', about: 'What they looked at and did not buy' },
  { value: 'back_in_stock', label: 'Back in stock', about: 'Sold out before; first what they looked at or bought' },
  { value: 'trending', label: 'Selling well now', about: 'Every sale counts, the newest most' },
  { value: 'newest', label: 'The newest', about: 'Your latest collection' },
  { value: 'hand_picked', label: 'These products', about: 'Chosen by you, in your order' },
] as const;

export function labelOf(strategy: string): string {
  return strategies.find((s) => s.value === strategy)?.label ?? strategy;
}

export const empty: Draft = { name: '', steps: [{ strategy: 'for_you' }], soldOut: false, priceFrom: '', priceTo: '', categories: [], notBoughtDays: '' };

interface Saved {
  name?: string;
  steps?: Step[];
  filters?: { sold_out?: boolean; price_from?: number; price_to?: number; categories?: string[]; not_bought_days?: number };
}

export function draftOf(name: string, body: Json): Draft {
  const r = body as unknown as Saved;
  const f = r.filters ?? {};
  return {
    name,
    steps: r.steps ?? [],
    soldOut: f.sold_out ?? false,
    priceFrom: f.price_from === undefined ? '' : String(f.price_from),
    priceTo: f.price_to === undefined ? '' : String(f.price_to),
    categories: f.categories ?? [],
    notBoughtDays: f.not_bought_days ?? '',
  };
}

/** What is saved: nothing of what is left as usual. */
export function bodyOf(d: Draft): Json {
  const filters = {
    ...(d.soldOut && { sold_out: true }),
    ...(price(d.priceFrom) !== undefined && { price_from: price(d.priceFrom) }),
    ...(price(d.priceTo) !== undefined && { price_to: price(d.priceTo) }),
    ...(d.categories.length > 0 && { categories: d.categories }),
    ...(d.notBoughtDays !== '' && d.notBoughtDays > 0 && { not_bought_days: d.notBoughtDays }),
  };
  const steps = d.steps.map((s) => ({ strategy: s.strategy, ...(s.strategy === 'hand_picked' && { skus: s.skus ?? [] }), ...(dated.has(s.strategy) && s.days && { days: s.days }) }));
  return { name: d.name.trim(), steps, ...(Object.keys(filters).length > 0 && { filters }) } as unknown as Json;
}

/** Strategies that look at a number of days. */
export const dated = new Set(['recently_viewed', 'back_in_stock', 'trending']);

function price(text: string): number | undefined {
  const n = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(n) ? undefined : n;
}
