import { useMemo } from 'react';
import { count } from '@/lib/format';
import type { Vocabulary } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import { useBuilder } from './context';
import { newId, type Draft } from './node';
import { PickChip, type Choice } from './PickChip';
import { filledOf, newTest } from './vocabulary';

interface Props {
  onAdd: (node: Draft) => void;
  label?: string;
}

/** The quiet "+ condition": everything a condition can be about, found by typing. */
export function AddCondition({ onAdd, label = '+ condition' }: Props) {
  const { vocabulary, self } = useBuilder();
  const choices = useMemo(() => addable(vocabulary, self), [vocabulary, self]);
  return (
    <span data-add>
      <PickChip label="Add a condition" look="add" value={undefined} text={label} choices={choices} onPick={(v) => onAdd(madeOf(v, vocabulary))} />
    </span>
  );
}

function addable(v: Vocabulary, self: string | undefined): Choice[] {
  return [
    ...v.events.map((e) => ({ value: `event:${e.name}`, label: humanize(e.name), about: count(e.count), group: 'What they did', keywords: ['event'] })),
    ...v.attributes.map((a) => ({ value: `attribute:${a.name}`, label: a.label || humanize(a.name), about: filledOf(a), group: 'Who they are', keywords: ['attribute'] })),
    ...v.segments.filter((s) => s.slug !== self).map((s) => ({ value: `segment:${s.slug}`, label: s.name, group: 'Segments', keywords: ['segment'] })),
    ...v.purposes.map((p) => ({ value: `consent:${p}`, label: `Agreed to ${humanize(p).toLowerCase()}`, group: 'Consent', keywords: ['consent', 'permission'] })),
    { value: 'sequence', label: 'Several things in order', group: 'More', keywords: ['sequence', 'then', 'steps', 'after'] },
    { value: 'any', label: 'Any of several', group: 'More', keywords: ['group', 'or'] },
    { value: 'none', label: 'None of several', group: 'More', keywords: ['group', 'not', 'except'] },
    { value: 'bucket', label: 'A share by chance', group: 'More', keywords: ['random', 'test', 'bucket', 'percent'] },
    { value: 'everyone', label: 'Everyone', group: 'More', keywords: ['all'] },
  ];
}

/** The fresh node of a choice. */
export function madeOf(choice: string, v: Vocabulary): Draft {
  const at = choice.indexOf(':');
  const kind = at < 0 ? choice : choice.slice(0, at);
  const name = at < 0 ? '' : choice.slice(at + 1);
  const id = newId();
  switch (kind) {
    case 'event':
      return { id, leaf: { kind: 'event', event: name } };
    case 'attribute':
      return { id, leaf: { kind: 'attribute', attribute: name, ...newTest(v, v.attributes.find((a) => a.name === name)?.type ?? 'text') } };
    case 'segment':
      return { id, leaf: { kind: 'segment', segment: name, op: 'in' } };
    case 'consent':
      return { id, leaf: { kind: 'consent', purpose: name, op: 'granted' } };
    case 'sequence':
      return { id, leaf: { kind: 'sequence', steps: [{ event: v.events[0]?.name ?? '' }, { event: '' }] } };
    case 'bucket':
      return { id, leaf: { kind: 'bucket', salt: 'test', from: 0, to: 1000 } };
    case 'any':
    case 'none':
      return { id, kind, children: [] };
  }
  return { id, leaf: { kind: 'everyone' } };
}
