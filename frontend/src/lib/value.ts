import { date, dateTime, decimal, money } from './format';

/** Types of attributes and properties. */
export type ValueType = 'text' | 'number' | 'money' | 'boolean' | 'date' | 'datetime' | 'list';

/** A value as people read it; "" when it is not set. */
export function valueText(value: unknown, type: string, currency: string): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  switch (type) {
    case 'money':
      return money(value as string | number, currency);
    case 'number':
      return typeof value === 'number' && Math.abs(value) >= 10_000 ? decimal(value) : String(value);
    case 'date':
      return date(String(value)) || String(value);
    case 'datetime': {
      const at = typeof value === 'number' ? value : Date.parse(String(value));
      return Number.isNaN(at) ? String(value) : dateTime(at);
    }
  }
  return String(value);
}

/** Types whose values stand at the right of a column, digits under digits. */
export function isNumeric(type: string): boolean {
  return type === 'number' || type === 'money';
}

/** "order_placed" → "Order placed", for names that have no label. */
export function humanize(name: string): string {
  const words = name.replaceAll(/[_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an attribute is called; imports that gave no label leave its name. */
export function labelOf(attribute: { name: string; label: string }): string {
  return attribute.label === attribute.name ? humanize(attribute.name) : attribute.label;
}
