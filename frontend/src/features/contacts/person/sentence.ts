import { count, money } from '@/lib/format';
import { humanize } from '@/lib/value';

/** What a sentence is made of. */
export interface Happening {
  event: string;
  /** An amount or number as text; "" for none. */
  value: string;
  properties: Record<string, unknown>;
}

type Kind = 'order' | 'back' | 'cart' | 'look' | 'mail' | 'word' | 'other';

/** Verbs of the events that shops and mail services tell of. {x} is what it was about. */
const verbs: Record<string, { kind: Kind; about: string; plain: string }> = {
  order_placed: { kind: 'order', about: 'Bought {x}', plain: 'Placed an order' },
  purchase: { kind: 'order', about: 'Bought {x}', plain: 'Bought something' },
  order_returned: { kind: 'back', about: 'Sent back {x}', plain: 'Sent an order back' },
  order_cancelled: { kind: 'back', about: 'Cancelled {x}', plain: 'Cancelled an order' },
  cart_updated: { kind: 'cart', about: 'Put {x} in the cart', plain: 'Changed the cart' },
  product_viewed: { kind: 'look', about: 'Looked at {x}', plain: 'Looked at a product' },
  site_visited: { kind: 'look', about: 'Visited the site', plain: 'Visited the site' },
  email_sent: { kind: 'mail', about: 'Was sent “{x}”', plain: 'Was sent an e-mail' },
  email_opened: { kind: 'mail', about: 'Opened “{x}”', plain: 'Opened an e-mail' },
  email_clicked: { kind: 'mail', about: 'Clicked in “{x}”', plain: 'Clicked in an e-mail' },
  email_bounced: { kind: 'back', about: '“{x}” bounced', plain: 'An e-mail bounced' },
  unsubscribed: { kind: 'back', about: 'Unsubscribed', plain: 'Unsubscribed' },
  review_written: { kind: 'word', about: 'Wrote a review of {x}', plain: 'Wrote a review' },
};

/** Properties that name what an event is about, best first. */
const abouts = ['product', 'product_name', 'title', 'description', 'name', 'campaign', 'subject', 'sku', 'stock_code'];

export interface Sentence {
  kind: Kind;
  text: string;
  /** The value, when it is an amount. */
  amount: string;
  /** What else is known, as "quantity 2". */
  details: string[];
}

/** Says an event as people would. */
export function sentenceOf(happening: Happening, currency: string): Sentence {
  const verb = verbs[happening.event] ?? { kind: 'other' as const, about: `${humanize(happening.event)}: {x}`, plain: humanize(happening.event) };
  const entries = Object.entries(happening.properties).filter(([, v]) => v !== null && v !== '');
  const named = abouts.map((name) => entries.find(([n]) => n === name)).find((e) => e !== undefined);
  const uses = named !== undefined && verb.about.includes('{x}');
  const quantity = uses && Number(happening.properties.quantity) > 1 ? `${count(Number(happening.properties.quantity))} × ` : '';
  const details = entries
    .filter(([n]) => !(uses && (n === named[0] || (n === 'quantity' && quantity !== ''))))
    .map(([n, v]) => `${humanize(n).toLowerCase()} ${Array.isArray(v) ? v.join(', ') : String(v)}`);
  return {
    kind: verb.kind,
    text: uses ? verb.about.replace('{x}', quantity + String(named[1])) : verb.plain,
    amount: happening.value === '' ? '' : money(happening.value, currency),
    details,
  };
}

/** One thing of several that happened at one instant, such as the lines of an order. */
export interface Together<E> {
  first: E;
  all: E[];
}

/** Puts neighbours of one type and instant together. */
export function together<E extends { at: number; event: string }>(events: E[]): Together<E>[] {
  const groups: Together<E>[] = [];
  for (const e of events) {
    const last = groups.at(-1);
    if (last && last.first.at === e.at && last.first.event === e.event) last.all.push(e);
    else groups.push({ first: e, all: [e] });
  }
  return groups;
}

const named = 3;

/** Says several events of one type and instant in one sentence; their amounts are added. */
export function sentenceOfAll(all: Happening[], currency: string): Sentence {
  const [first] = all;
  if (!first) return { kind: 'other', text: '', amount: '', details: [] };
  if (all.length === 1) return sentenceOf(first, currency);
  const verb = verbs[first.event];
  const names = all.map((h) => abouts.map((a) => h.properties[a]).find((v) => typeof v === 'string' && v !== '')).filter((n) => n !== undefined);
  const things = `${count(all.length)} things`;
  const text = verb?.about.includes('{x}') ? verb.about.replace('{x}', things) : `${verb?.plain ?? humanize(first.event)}, ${count(all.length)} times`;
  const total = all.reduce((sum, h) => sum + (Number(h.value) || 0), 0);
  const more = names.length - named;
  const listed = [...names.slice(0, named).map(String), ...(more > 0 ? [`${count(more)} more`] : [])];
  return { kind: verb?.kind ?? 'other', text, amount: all.some((h) => h.value !== '') ? money(total, currency) : '', details: listed };
}

/** Events of one day together, newest day first, in the order they come. */
export function byDay<E extends { at: number }>(events: E[], dayOf: (at: number) => string): { day: string; events: E[] }[] {
  const days: { day: string; events: E[] }[] = [];
  for (const e of events) {
    const day = dayOf(e.at);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(e);
    else days.push({ day, events: [e] });
  }
  return days;
}
