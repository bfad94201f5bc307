import type { Change } from '@/lib/generated/api';
import { plain } from '../editor/make';

/** What a changed field said before and says now, short enough to read. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

const longest = 160;

export function saidOf(c: Change): FieldChange[] {
  const before = parsed(c.before);
  const after = parsed(c.after);
  return c.fields.map((field) => ({ field: field.replaceAll('_', ' '), before: shown(before[field]), after: shown(after[field]) }));
}

function parsed(json: string): Record<string, unknown> {
  try {
    const v: unknown = json === '' ? {} : JSON.parse(json);
    return typeof v === 'object' && v !== null ? (v as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function shown(v: unknown): string {
  if (v === undefined || v === null) return '';
  if (typeof v === 'string') return cut(plain(v) || v);
  if (typeof v !== 'object') return String(v);
  if (Array.isArray(v)) return `${v.length} of them`;
  const entries = Object.entries(v);
  if (entries.every(([, x]) => typeof x !== 'object')) return cut(entries.map(([k, x]) => `${k} ${String(x)}`).join(', '));
  return cut(Object.keys(v).join(', '));
}

function cut(s: string): string {
  return s.length > longest ? `${s.slice(0, longest - 1)}…` : s;
}
