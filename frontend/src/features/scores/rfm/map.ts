import type { Condition } from '@/components/condition/node';
import type { ChartTable } from '@/components/chart/Chart';
import { count, money, share } from '@/lib/format';
import type { RFMCell, RFMMap, RFMStep } from '@/lib/generated/api';

/** The cell of a pair of scores. */
export function cellAt(map: RFMMap, recency: number, frequency: number): RFMCell | undefined {
  return map.cells.find((c) => c.recency === recency && c.frequency === frequency);
}

export function cellCondition(cell: Pick<RFMCell, 'recency' | 'frequency'>): Condition {
  return {
    kind: 'all',
    children: [
      { kind: 'attribute', attribute: 'rfm.recency', op: 'eq', value: cell.recency },
      { kind: 'attribute', attribute: 'rfm.frequency', op: 'eq', value: cell.frequency },
    ],
  };
}

export function regionCondition(name: string): Condition {
  return { kind: 'attribute', attribute: 'rfm.segment', op: 'is', values: [name] };
}

/** "can not" of names: with a capital, as a heading. */
export const titled = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Which cell the name of each region stands in: the leftmost of its topmost row. */
export function nameCells(map: RFMMap): Map<string, RFMCell> {
  const at = new Map<string, RFMCell>();
  for (const cell of map.cells) {
    const best = at.get(cell.region);
    if (!best || cell.frequency > best.frequency || (cell.frequency === best.frequency && cell.recency < best.recency)) at.set(cell.region, cell);
  }
  return at;
}

/** Where arrows lead from a cell, in the map's own bounds; null for other keys. */
export function moved(cell: { recency: number; frequency: number }, key: string): { recency: number; frequency: number } | null {
  const within = (n: number) => Math.min(5, Math.max(1, n));
  switch (key) {
    case 'ArrowLeft':
      return { ...cell, recency: within(cell.recency - 1) };
    case 'ArrowRight':
      return { ...cell, recency: within(cell.recency + 1) };
    case 'ArrowUp':
      return { ...cell, frequency: within(cell.frequency + 1) };
    case 'ArrowDown':
      return { ...cell, frequency: within(cell.frequency - 1) };
    case 'Home':
      return { ...cell, recency: 1 };
    case 'End':
      return { ...cell, recency: 5 };
  }
  return null;
}

/** "2–4", "7", or "–" where nobody has the score. */
export function boundsOf(step: RFMStep | undefined): string {
  if (!step || step.people === 0) return '–';
  return step.from === step.to ? step.from : `${step.from}–${step.to}`;
}

/** Revenue as people read it; what is added up may be no money. */
export function worth(map: RFMMap, amount: string): string {
  return map.currency === '' ? count(Number(amount)) : money(amount, map.currency, { round: true });
}

/** What is to be known before the map is trusted: scores that nobody has. */
export function caveat(map: RFMMap): string | null {
  const few = [
    { name: 'recency', steps: map.recency },
    { name: 'frequency', steps: map.times },
  ].flatMap(({ name, steps }) => {
    const none = steps.filter((s) => s.people === 0).map((s) => s.score);
    return none.length > 0 ? [`${name} ${none.join(', ')}`] : [];
  });
  if (few.length === 0) return null;
  return `Nobody has ${few.join(' or ')}: people with the same value have the same score, and too few values differ.`;
}

export function tableOf(map: RFMMap): ChartTable {
  return {
    columns: ['Region', 'Recency', 'Frequency', 'People', 'Share', 'Revenue', 'Share'],
    rows: map.cells
      .filter((c) => c.people > 0)
      .toSorted((a, b) => b.frequency - a.frequency || b.recency - a.recency)
      .map((c) => [titled(c.region), c.recency, c.frequency, count(c.people), share(c.people, map.people), worth(map, c.revenue), share(Number(c.revenue), Number(map.revenue))]),
  };
}
