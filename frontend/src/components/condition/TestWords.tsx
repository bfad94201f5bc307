import type { Vocabulary } from '@/lib/generated/api';
import { plainUnit } from './words';
import { InputChip } from './InputChip';
import type { Test, Unit } from './node';
import { PickChip } from './PickChip';
import { ValuesChip } from './ValuesChip';
import { arityOf, opsOf, valuesOf, withOp } from './vocabulary';
import type { ValuesOf } from '@/lib/generated/api';
import css from './condition.module.css';

interface Props<T extends Test> {
  vocabulary: Vocabulary;
  type: string;
  test: T;
  of: ValuesOf;
  onChange: (test: T, tag?: string) => void;
}

/** The op of a test and what it compares to, as words of the sentence. */
export function TestWords<T extends Test>({ vocabulary, type, test, of, onChange }: Props<T>) {
  const ops = opsOf(vocabulary, type);
  return (
    <>
      <PickChip label="How it is compared" value={test.op} choices={ops.map((o) => ({ value: o.op, label: o.label }))} onPick={(op) => onChange(withOp(test, op, ops))} />
      <Operands arity={arityOf(ops, test.op)} vocabulary={vocabulary} type={type} test={test} of={of} onChange={onChange} />
    </>
  );
}

function Operands<T extends Test>({ arity, vocabulary, type, test, of, onChange }: Props<T> & { arity: string }) {
  const input = type === 'date' || type === 'datetime' ? 'date' : type === 'number' || type === 'money' ? 'number' : 'text';
  const currency = type === 'money' && <span className={css.plain}>{vocabulary.currency}</span>;
  switch (arity) {
    case 'many':
      return (
        <ValuesChip
          label="Values"
          values={valuesOf(test)}
          of={of}
          joiner={test.op === 'has_all' ? 'and' : 'or'}
          onChange={(values) => {
            const { value: _one, ...rest } = test;
            onChange({ ...(rest as T), values });
          }}
        />
      );
    case 'one':
      return (
        <>
          <InputChip label="Value" type={input} value={test.value} onChange={(value) => onChange({ ...test, value }, 'value')} />
          {currency}
        </>
      );
    case 'range':
      return (
        <>
          <InputChip label="From" type={input} value={test.value} onChange={(value) => onChange({ ...test, value }, 'value')} />
          <span className={css.plain}>and</span>
          <InputChip label="To" type={input} value={test.to} onChange={(to) => onChange({ ...test, to }, 'to')} />
          {currency}
        </>
      );
    case 'period':
      return (
        <>
          <InputChip label="How many" type="whole" value={test.value} onChange={(value) => onChange({ ...test, value }, 'value')} />
          <UnitChip units={type === 'date' ? vocabulary.units.filter((u) => u !== 'minute' && u !== 'hour') : vocabulary.units} unit={test.unit} amount={test.value} onPick={(unit) => onChange({ ...test, unit })} />
        </>
      );
  }
  return null;
}

export function UnitChip({ units, unit, amount, onPick }: { units: string[]; unit: Unit | undefined; amount: unknown; onPick: (unit: Unit) => void }) {
  return <PickChip label="Unit" value={unit} choices={units.map((u) => ({ value: u, label: plainUnit(u, amount) }))} onPick={(u) => onPick(u as Unit)} />;
}
