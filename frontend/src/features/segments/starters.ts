import type { Condition, EventLeaf } from '@/components/condition/node';
import type { Vocabulary, VocabularyEvent } from '@/lib/generated/api';

export interface Starter {
  key: string;
  name: string;
  about: string;
  condition: Condition;
}

/** Ready-made segments, as far as the data has what they are made of. */
export function startersFrom(v: Vocabulary): Starter[] {
  const order = eventLike(v, ['order_placed', 'purchase', 'order', 'bought', 'sale'], (e) => e.value_type === 'money');
  const cart = eventLike(v, ['cart_updated', 'cart', 'basket', 'checkout_started']);
  const open = eventLike(v, ['email_opened', 'opened']);
  const visit = eventLike(v, ['site_visited', 'product_viewed', 'visit', 'viewed']);
  const birthday = v.attributes.find((a) => a.type === 'date' && /birth/i.test(a.name));
  return [
    ...(order ? ofOrders(order, v) : []),
    ...(cart && order ? [abandonedCart(cart.name, order.name)] : []),
    ...(birthday ? [birthdaySoon(birthday.name)] : []),
    ...(open || visit ? [engaged([open, visit], v)] : []),
    ...(open ? [neverOpened(open.name)] : []),
    ...v.purposes.filter((p) => p === 'marketing').map(agreed),
  ];
}

/** What the data lack for more of them, as sentences. */
export function startersMissing(v: Vocabulary): string[] {
  const has = new Set(startersFrom(v).map((s) => s.key));
  return [
    ...(has.has('new') ? [] : ['New, active, best, at risk, dormant and one-time customers: import orders as events.']),
    ...(has.has('abandoned-cart') ? [] : ['Left a cart behind: import changes of the cart (cart_updated) and orders as events.']),
    ...(has.has('birthday-soon') ? [] : ['Birthday soon: import a date of birth with the contacts.']),
    ...(has.has('never-opened') ? [] : ['Never opened: import opened e-mails (email_opened) as events.']),
    ...(has.has('engaged') ? [] : ['Engaged: import opened e-mails or visits as events.']),
  ];
}

/** Whether the workspace scores these orders: then segments by score fit any shop. */
function scored(v: Vocabulary, order: VocabularyEvent): boolean {
  return order.name === 'order_placed' && v.attributes.some((a) => a.name === 'rfm.segment');
}

/** The event that a name is most like: exactly so called first, then with it in its name. */
function eventLike(v: Vocabulary, names: string[], good: (e: VocabularyEvent) => boolean = () => true): VocabularyEvent | undefined {
  const exact = names.map((n) => v.events.find((e) => e.name === n)).find((e) => e !== undefined);
  if (exact) return exact;
  const near = v.events.filter((e) => names.some((n) => e.name.includes(n)));
  return near.find(good) ?? near[0];
}

function ofOrders(order: VocabularyEvent, v: Vocabulary): Starter[] {
  const event = order.name;
  const did = (more: Partial<EventLeaf> = {}): EventLeaf => ({ kind: 'event', event, ...more });
  const number = order.properties.find((p) => /order.?(id|number|no)$/.test(p.name));
  const once: EventLeaf = number ? did({ measure: 'distinct', property: number.name, op: 'eq', value: 1 }) : did({ op: 'eq', value: 1 });
  const twice: EventLeaf = number ? did({ measure: 'distinct', property: number.name, op: 'gte', value: 2 }) : did({ op: 'gte', value: 2 });
  const rfm = scored(v, order);
  const spent: Starter[] = rfm
    ? [{ key: 'vip', name: 'Best customers', about: 'The top fifth by money, and among those who buy most often', condition: { kind: 'all', children: [score('rfm.monetary', 'gte', 5), score('rfm.frequency', 'gte', 4)] } }]
    : order.value_type === 'money'
      ? [{ key: 'vip', name: 'Best customers', about: `Spent 500 ${v.currency} or more in the last year`, condition: did({ measure: 'sum', op: 'gte', value: 500, window: { last: 12, unit: 'month' } }) }]
      : [];
  return [
    { key: 'new', name: 'New customers', about: 'First order in the last 60 days', condition: did({ measure: 'days_since_first', op: 'lte', value: 60 }) },
    { key: 'active', name: 'Active customers', about: 'An order in the last 90 days', condition: did({ window: { last: 90, unit: 'day' } }) },
    ...spent,
    rfm
      ? { key: 'at-risk', name: 'At risk', about: 'Bought often once, and long ago: two regions of the RFM map', condition: { kind: 'attribute', attribute: 'rfm.segment', op: 'in', values: ['at risk', 'cannot lose'] } }
      : {
          key: 'at-risk',
          name: 'At risk',
          about: 'Came back before, and nothing for three months now',
          condition: { kind: 'all', children: [twice, did({ measure: 'days_since_last', op: 'between', value: 90, to: 180 })] },
        },
    { key: 'dormant', name: 'Dormant', about: 'Customers without an order for half a year', condition: did({ measure: 'days_since_last', op: 'gt', value: 180 }) },
    { key: 'one-time', name: 'Bought once', about: 'A second order makes a customer', condition: once },
    {
      key: 'never-bought',
      name: 'Never bought',
      about: 'Known for a month, and still looking',
      condition: { kind: 'all', children: [did({ op: 'eq', value: 0 }), { kind: 'attribute', attribute: 'contact.created_at', op: 'not_in_last', value: 30, unit: 'day' }] },
    },
  ];
}

function abandonedCart(cart: string, order: string): Starter {
  return {
    key: 'abandoned-cart',
    name: 'Left a cart behind',
    about: 'Filled a cart this week and did not order within a day',
    condition: { kind: 'sequence', steps: [{ event: cart }, { event: order, op: 'did_not', within: { last: 1, unit: 'day' } }], window: { last: 7, unit: 'day' } },
  };
}

function birthdaySoon(attribute: string): Starter {
  return { key: 'birthday-soon', name: 'Birthday soon', about: 'Within a week', condition: { kind: 'attribute', attribute, op: 'anniversary_in_next', value: 7, unit: 'day' } };
}

function score(attribute: string, op: string, value: number): Condition {
  return { kind: 'attribute', attribute, op, value };
}

function neverOpened(event: string): Starter {
  return {
    key: 'never-opened',
    name: 'Never opened',
    about: 'Known for 90 days, and never opened an e-mail',
    condition: { kind: 'all', children: [{ kind: 'event', event, op: 'eq', value: 0 }, { kind: 'attribute', attribute: 'contact.created_at', op: 'not_in_last', value: 90, unit: 'day' }] },
  };
}

function engaged(events: (VocabularyEvent | undefined)[], v: Vocabulary): Starter {
  if (v.attributes.some((a) => a.name === 'engagement.score')) {
    return { key: 'engaged', name: 'Engaged', about: 'An engagement score of 50 or more', condition: score('engagement.score', 'gte', 50) };
  }
  const children: Condition[] = events.flatMap((e): Condition[] => (e ? [{ kind: 'event', event: e.name, window: { last: 90, unit: 'day' } }] : []));
  const only = children[0];
  return { key: 'engaged', name: 'Engaged', about: 'Read an e-mail or came by in the last 90 days', condition: children.length === 1 && only ? only : { kind: 'any', children } };
}

function agreed(purpose: string): Starter {
  return { key: 'agreed', name: 'May be written to', about: 'Agreed to marketing', condition: { kind: 'consent', purpose, op: 'granted' } };
}
