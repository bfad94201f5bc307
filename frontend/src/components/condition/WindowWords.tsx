import { InputChip } from './InputChip';
import type { Window } from './node';
import { PickChip } from './PickChip';
import { UnitChip } from './TestWords';
import { windowKind, windowOf, type WindowKind } from './words';
import css from './condition.module.css';

interface Props {
  window: Window | undefined;
  units: string[];
  onChange: (window: Window | undefined, tag?: string) => void;
  /** How "no window" reads. */
  ever?: string;
}

const kinds = (ever: string): { value: WindowKind; label: string }[] => [
  { value: 'ever', label: ever },
  { value: 'last', label: 'in the last' },
  { value: 'before_last', label: 'longer ago than' },
  { value: 'dates', label: 'between dates' },
];

/** When: ever, in the last so many days, before that, or between two days. */
export function WindowWords({ window: w, units, onChange, ever = 'at any time' }: Props) {
  const kind = windowKind(w);
  const amount = kind === 'before_last' ? w?.before_last : w?.last;
  const whole = (v: unknown) => (typeof v === 'number' ? v : undefined);
  return (
    <>
      <PickChip label="When" value={kind} choices={kinds(ever)} onPick={(k) => onChange(windowOf(k as WindowKind, w))} text={kind === 'dates' ? 'from' : undefined} />
      {(kind === 'last' || kind === 'before_last') && (
        <>
          <InputChip label="How many" type="whole" value={amount} onChange={(v) => onChange(kind === 'last' ? { unit: w?.unit, last: whole(v) } : { unit: w?.unit, before_last: whole(v) }, 'window')} />
          <UnitChip units={units} unit={w?.unit} amount={amount} onPick={(unit) => onChange({ ...w, unit })} />
        </>
      )}
      {kind === 'dates' && (
        <>
          <InputChip label="First day" type="date" value={w?.from} onChange={(v) => onChange({ ...w, from: v === undefined ? undefined : String(v) }, 'from')} />
          <span className={css.plain}>to</span>
          <InputChip label="Last day" type="date" value={w?.to} onChange={(v) => onChange({ ...w, to: v === undefined ? undefined : String(v) }, 'to')} />
        </>
      )}
    </>
  );
}
