import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useBuilder } from './context';
import { EventChip } from './EventWords';
import { InputChip } from './InputChip';
import type { SequenceLeaf, Step, Window } from './node';
import { PickChip } from './PickChip';
import { UnitChip } from './TestWords';
import { AddDetail, WhereLines } from './WhereLines';
import { WindowWords } from './WindowWords';
import css from './condition.module.css';

interface Props {
  leaf: SequenceLeaf;
  onChange: (leaf: SequenceLeaf, tag?: string) => void;
}

/** The steps of a sequence, one a line. */
export function SequenceLines({ leaf, onChange }: Props) {
  const { vocabulary } = useBuilder();
  const steps = (list: Step[], tag?: string) => onChange({ ...leaf, steps: list }, tag);
  const set = (i: number, s: Step, tag?: string) => steps(leaf.steps.map((x, k) => (k === i ? s : x)), tag && `${tag}${i}`);
  return (
    <div className={css.subrail}>
      {leaf.steps.map((s, i) => (
        <StepLine key={i} step={s} first={i === 0} removable={leaf.steps.length > 2} onChange={(next, tag) => set(i, next, tag)} onRemove={() => steps(leaf.steps.filter((_, k) => k !== i))} />
      ))}
      <div className={css.subline}>
        <span className={css.subjoin} />
        <div className={css.words}>
          <span className={css.plain}>all of it</span>
          <WindowWords window={leaf.window} units={vocabulary.units} onChange={(window, tag) => onChange({ ...leaf, window }, tag)} />
          <button type="button" className={css.chip} data-look="add" onClick={() => steps([...leaf.steps, { event: '' }])}>
            + step
          </button>
        </div>
      </div>
    </div>
  );
}

interface StepProps {
  step: Step;
  first: boolean;
  removable: boolean;
  onChange: (step: Step, tag?: string) => void;
  onRemove: () => void;
}

function StepLine({ step, first, removable, onChange, onRemove }: StepProps) {
  return (
    <>
      <div className={css.subline}>
        <span className={css.subjoin}>{first ? 'first' : 'then'}</span>
        <div className={css.words}>
          {!first && (
            <PickChip
              label="Did or did not"
              value={step.op ?? 'did'}
              choices={[
                { value: 'did', label: 'did' },
                { value: 'did_not', label: 'did not' },
              ]}
              onPick={(op) => onChange(op === 'did_not' ? { ...step, op, within: step.within ?? { last: 1, unit: 'day' } } : { ...step, op: 'did' })}
            />
          )}
          <EventChip event={step.event} onPick={(event) => onChange({ ...step, event, where: undefined })} />
          {!first && <Within step={step} onChange={onChange} />}
          {step.event && <AddDetail event={step.event} onAdd={(w) => onChange({ ...step, where: [...(step.where ?? []), w] })} />}
          {removable && (
            <ActionIcon size={20} className={css.quietIcon} aria-label="Remove this step" onClick={onRemove}>
              <IconX size={12} />
            </ActionIcon>
          )}
        </div>
      </div>
      {(step.where?.length ?? 0) > 0 && (
        <div className={css.subrail}>
          <WhereLines event={step.event} where={step.where ?? []} onChange={(where, tag) => onChange({ ...step, where: where.length > 0 ? where : undefined }, tag)} />
        </div>
      )}
    </>
  );
}

function Within({ step, onChange }: { step: Step; onChange: (step: Step, tag?: string) => void }) {
  const { vocabulary } = useBuilder();
  const w: Window | undefined = step.within;
  const choices = [{ value: 'within', label: 'within' }, ...(step.op === 'did_not' ? [] : [{ value: 'ever', label: 'any time later' }])];
  return (
    <>
      <PickChip label="How soon" value={w ? 'within' : 'ever'} choices={choices} onPick={(v) => onChange({ ...step, within: v === 'within' ? (w ?? { last: 1, unit: 'day' }) : undefined })} />
      {w && (
        <>
          <InputChip label="How many" type="whole" value={w.last} onChange={(v) => onChange({ ...step, within: { ...w, last: typeof v === 'number' ? v : undefined } }, 'within')} />
          <UnitChip units={vocabulary.units} unit={w.unit} amount={w.last} onPick={(unit) => onChange({ ...step, within: { ...w, unit } })} />
        </>
      )}
    </>
  );
}
