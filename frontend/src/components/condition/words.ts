import type { EventLeaf, Window } from './node';

/** "day" of 1, "days" of any other amount. */
export function plainUnit(unit: string, amount: unknown): string {
  return Number(amount) === 1 ? unit : `${unit}s`;
}

/** How an event is asked about: what the first words after its name say. */
export type EventMode = 'once' | 'never' | 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct' | 'days_since_last' | 'days_since_first';

export const eventModes: { value: EventMode; label: string; group?: string }[] = [
  { value: 'once', label: 'at least once' },
  { value: 'never', label: 'not once' },
  { value: 'count', label: 'number of times' },
  { value: 'sum', label: 'total of', group: 'Measured' },
  { value: 'avg', label: 'average of', group: 'Measured' },
  { value: 'min', label: 'smallest', group: 'Measured' },
  { value: 'max', label: 'largest', group: 'Measured' },
  { value: 'distinct', label: 'number of different', group: 'Measured' },
  { value: 'days_since_last', label: 'days since the last', group: 'Time' },
  { value: 'days_since_first', label: 'days since the first', group: 'Time' },
];

export function modeOf(e: EventLeaf): EventMode {
  const measure = e.measure ?? 'count';
  if (measure !== 'count') return measure as EventMode;
  if (e.op === undefined && e.value === undefined) return 'once';
  return e.op === 'eq' && e.value === 0 ? 'never' : 'count';
}

/** Whether a mode measures a property. */
export function measuresProperty(mode: EventMode): boolean {
  return ['sum', 'avg', 'min', 'max', 'distinct'].includes(mode);
}

/** The event asked about in another way; what was compared stays where it has meaning. */
export function inMode(e: EventLeaf, mode: EventMode): EventLeaf {
  const { measure: _m, op, value, to, property, ...rest } = e;
  if (mode === 'once') return rest;
  if (mode === 'never') return { ...rest, op: 'eq', value: 0 };
  const compared = modeOf(e) === 'once' || modeOf(e) === 'never' ? { op: 'gte' } : { op, value, to };
  if (mode === 'count') return { ...rest, ...compared };
  return { ...rest, measure: mode, ...(measuresProperty(mode) && property !== undefined ? { property } : {}), ...compared };
}

export type WindowKind = 'ever' | 'last' | 'before_last' | 'dates';

export function windowKind(w: Window | undefined): WindowKind {
  if (!w) return 'ever';
  if ('before_last' in w) return 'before_last';
  if (w.from !== undefined || w.to !== undefined) return 'dates';
  return 'unit' in w || 'last' in w ? 'last' : 'dates';
}

/** A window of another kind, with an amount to begin with. */
export function windowOf(kind: WindowKind, before: Window | undefined): Window | undefined {
  const amount = before?.last ?? before?.before_last ?? 90;
  const unit = before?.unit ?? 'day';
  switch (kind) {
    case 'ever':
      return undefined;
    case 'last':
      return { last: amount, unit };
    case 'before_last':
      return { before_last: amount, unit };
    case 'dates':
      return {};
  }
}
