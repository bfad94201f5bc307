import { useState } from 'react';
import { count } from '@/lib/format';
import { humanize } from '@/lib/value';
import { useBuilder } from './context';
import { InputChip } from './InputChip';
import type { EventLeaf, Leaf } from './node';
import { PickChip } from './PickChip';
import { propertiesOf, propertyType, withOp } from './vocabulary';
import { WindowWords } from './WindowWords';
import { eventModes, inMode, measuresProperty, modeOf, type EventMode } from './words';
import css from './condition.module.css';

interface Props {
  leaf: EventLeaf;
  onChange: (leaf: Leaf, tag?: string) => void;
}

/** An event, how much of it, and when. What it must have been about is on the lines below. */
export function EventWords({ leaf, onChange }: Props) {
  const { vocabulary } = useBuilder();
  // "Exactly 0 times" that is being typed stays a number; it would turn into
  // "not once" under the hands otherwise.
  const [counting, setCounting] = useState(false);
  const told = modeOf(leaf);
  const mode = counting && told === 'never' ? 'count' : told;
  const pickMode = (m: string) => {
    setCounting(m === 'count');
    onChange(inMode(leaf, m as EventMode));
  };
  return (
    <>
      <EventChip event={leaf.event} onPick={(event) => onChange(withEvent(leaf, event))} />
      <PickChip label="What of it" value={mode} choices={eventModes} onPick={pickMode} />
      {measuresProperty(mode) && <MeasuredChip leaf={leaf} mode={mode} onChange={onChange} />}
      {mode !== 'once' && mode !== 'never' && <Compared leaf={leaf} mode={mode} onChange={onChange} />}
      <WindowWords window={leaf.window} units={vocabulary.units} onChange={(window, tag) => onChange({ ...leaf, window }, tag)} />
    </>
  );
}

export function EventChip({ event, onPick }: { event: string; onPick: (event: string) => void }) {
  const { vocabulary } = useBuilder();
  return (
    <PickChip
      label="Event"
      look="value"
      value={event || undefined}
      text={event && humanize(event)}
      choices={vocabulary.events.map((e) => ({ value: e.name, label: humanize(e.name), about: count(e.count) }))}
      onPick={onPick}
    />
  );
}

/** Another event: what only the one before had is left out. */
function withEvent(leaf: EventLeaf, event: string): EventLeaf {
  const { where: _where, property: _property, ...rest } = leaf;
  return { ...rest, event };
}

function MeasuredChip({ leaf, mode, onChange }: Props & { mode: EventMode }) {
  const { vocabulary } = useBuilder();
  const numeric = (type: string) => type === 'number' || type === 'money';
  const own = vocabulary.events.find((e) => e.name === leaf.event)?.value_type ?? '';
  const choices = propertiesOf(vocabulary, leaf.event)
    .filter((p) => mode === 'distinct' || numeric(p.type))
    .map((p) => ({ value: p.name, label: humanize(p.name).toLowerCase() }));
  if (own !== '') choices.unshift({ value: '', label: 'its value' });
  return (
    <PickChip
      label="Property"
      look="value"
      value={leaf.property ?? (own === '' ? undefined : '')}
      choices={choices}
      onPick={(p) => {
        const { property: _p, ...rest } = leaf;
        onChange(p === '' ? rest : { ...rest, property: p });
      }}
    />
  );
}

function Compared({ leaf, mode, onChange }: Props & { mode: EventMode }) {
  const { vocabulary } = useBuilder();
  const type = mode === 'count' || mode === 'distinct' || mode.startsWith('days') ? 'number' : propertyType(vocabulary, leaf.event, leaf.property);
  const unit = mode.startsWith('days') ? 'days' : mode === 'count' ? 'times' : type === 'money' ? vocabulary.currency : '';
  return (
    <>
      <PickChip
        label="How it is compared"
        value={leaf.op}
        choices={vocabulary.event_ops.map((o) => ({ value: o.op, label: o.label }))}
        onPick={(op) => {
          const { op: _op, value: _v, to: _to, ...rest } = leaf;
          const { value, to } = withOp({ op: leaf.op, value: leaf.value, to: leaf.to }, op, vocabulary.event_ops);
          onChange({ ...rest, op, ...(value === undefined ? {} : { value }), ...(to === undefined ? {} : { to }) });
        }}
      />
      <InputChip label="Value" type="number" value={leaf.value} onChange={(value) => onChange({ ...leaf, value }, 'value')} />
      {leaf.op === 'between' && (
        <>
          <span className={css.plain}>and</span>
          <InputChip label="To" type="number" value={leaf.to} onChange={(to) => onChange({ ...leaf, to }, 'to')} />
        </>
      )}
      {unit && <span className={css.plain}>{unit}</span>}
    </>
  );
}
