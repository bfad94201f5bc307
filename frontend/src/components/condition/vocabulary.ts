import { useQuery } from '@tanstack/react-query';
import { count } from '@/lib/format';
import { Segments, type OpInfo, type Vocabulary, type VocabularyAttribute } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import type { Scalar, Test } from './node';

/** What conditions can be built from in the open workspace. */
export function useVocabulary() {
  return useQuery({ queryKey: ['segments', 'vocabulary'], queryFn: ({ signal }) => Segments.vocabulary(signal) });
}

export const noVocabulary: Vocabulary = { attributes: [], events: [], segments: [], purposes: [], ops: {}, measures: [], units: ['minute', 'hour', 'day', 'week', 'month'], currency: 'EUR', event_ops: [] };

export function attributeType(v: Vocabulary, name: string): string {
  return v.attributes.find((a) => a.name === name)?.type ?? 'text';
}

export function attributeLabel(v: Vocabulary, name: string): string {
  return v.attributes.find((a) => a.name === name)?.label || humanize(name);
}

export function propertiesOf(v: Vocabulary, event: string) {
  return v.events.find((e) => e.name === event)?.properties ?? [];
}

/** The type of a property; of the event's own value when no property is named. */
export function propertyType(v: Vocabulary, event: string, property: string | undefined): string {
  const found = v.events.find((e) => e.name === event);
  if (!property) return found?.value_type || 'number';
  return found?.properties.find((p) => p.name === property)?.type ?? 'text';
}

export function opsOf(v: Vocabulary, type: string): OpInfo[] {
  return v.ops[type] ?? [];
}

export function arityOf(ops: OpInfo[], op: string | undefined): string {
  return ops.find((o) => o.op === op)?.arity ?? 'none';
}

/** The op that a new test of a type begins with. */
export function firstOp(type: string): string {
  switch (type) {
    case 'number':
    case 'money':
      return 'gte';
    case 'boolean':
      return 'is_true';
    case 'date':
    case 'datetime':
      return 'in_last';
    case 'list':
      return 'has';
  }
  return 'is';
}

/** The values of a test as a list, however they are written. */
export function valuesOf(t: Test): Scalar[] {
  return t.values ?? (t.value === undefined ? [] : [t.value]);
}

/** A test with another op: what was compared to stays where the new op can take it. */
export function withOp<T extends Test>(t: T, op: string, ops: OpInfo[]): T {
  const before = arityOf(ops, t.op);
  const { value: _v, values: _vs, to: _to, unit: _u, ...rest } = t;
  const kept = valuesOf(t);
  const next = { ...rest, op } as T;
  switch (arityOf(ops, op)) {
    case 'many':
      return { ...next, values: before === 'period' ? [] : kept };
    case 'one':
      return { ...next, value: before === 'period' ? undefined : kept[0] };
    case 'range':
      return { ...next, value: before === 'period' ? undefined : kept[0], to: t.to };
    case 'period':
      return { ...next, value: before === 'period' ? t.value : 30, unit: t.unit ?? 'day' };
  }
  return next;
}

/** A fresh test for a type. */
export function newTest(v: Vocabulary, type: string): Test {
  return withOp<Test>({}, firstOp(type), opsOf(v, type));
}

/** How many people have an attribute, as words; nothing where it is not counted. */
export const filledOf = (a: VocabularyAttribute) => (a.filled < 0 ? undefined : count(a.filled));
