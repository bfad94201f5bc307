import type { DataColumn } from '@/components/table/DataTable';
import type { Column, ContactRow } from '@/lib/generated/api';
import { isNumeric, labelOf, valueText } from '@/lib/value';

/** Columns that a table starts with, as far as they are filled. */
const usual = ['first_name', 'last_name', 'city', 'country', 'external_id', 'loyalty_tier', 'contact.created_at'];
const atFirst = 5;

/** Attributes that stand for the contact itself and are always shown. */
const fixed = new Set(['email']);

export function usualColumns(columns: Column[]): string[] {
  const filled = new Map(columns.filter((c) => c.filled > 0).map((c) => [c.name, c]));
  const first = usual.filter((name) => filled.has(name));
  const own = columns.filter((c) => !c.built_in && c.filled > 0 && !usual.includes(c.name)).map((c) => c.name);
  return [...first, ...own].slice(0, atFirst);
}

export function choosable(columns: Column[]): Column[] {
  return columns.filter((c) => !fixed.has(c.name));
}

export function tableColumns(chosen: string[], columns: Column[], currency: string): DataColumn<ContactRow>[] {
  const known = new Map(columns.map((c) => [c.name, c]));
  const address: DataColumn<ContactRow> = { key: 'email', label: 'E-mail', width: 240, grow: 1.6, sortable: true, render: (r) => <strong style={{ fontWeight: 500 }}>{r.email}</strong> };
  const rest = chosen.flatMap((name): DataColumn<ContactRow>[] => {
    const c = known.get(name);
    if (!c) return [];
    return [
      {
        key: name,
        label: labelOf(c),
        width: c.type === 'datetime' ? 160 : 110,
        align: isNumeric(c.type) ? 'right' : 'left',
        sortable: c.type !== 'list',
        render: (r) => valueText(r.values[name], c.type, currency),
      },
    ];
  });
  return [address, ...rest];
}
