import { NumberInput, Select } from '@mantine/core';
import { humanize } from '@/lib/value';
import { Field } from '@/components/field/Field';
import type { RFM, ScoreModel } from '@/lib/generated/api';
import css from './rfm.module.css';

interface Props {
  model: RFM;
  known: ScoreModel;
  onChange: (model: RFM) => void;
}

/** What the scores are made of. */
export function Settings({ model, known, onChange }: Props) {
  const event = known.events.find((e) => e.name === model.event);
  const amounts = (event?.properties ?? []).filter((p) => p.type === 'number' || p.type === 'money');
  const events = [...new Set([...known.events.map((e) => e.name), model.event])];
  return (
    <div className={css.settings}>
      <Field label="Event" help="Events of one person at one instant, such as the lines of an order, are one time. Returns lower the money and are no time.">
        {({ error, ...control }) => <Select {...control} error={error} size="xs" data={events.map((e) => ({ value: e, label: humanize(e) }))} value={model.event} allowDeselect={false} searchable onChange={(e) => e && onChange({ ...model, event: e, property: '' })} />}
      </Field>
      <Field label="Period" help="Whole days before today: what happens today counts from tomorrow.">
        {({ error, ...control }) => <NumberInput {...control} error={error} size="xs" min={1} max={3650} suffix=" days" allowDecimal={false} clampBehavior="strict" value={model.days} onChange={(n) => typeof n === 'number' && n >= 1 && onChange({ ...model, days: n })} />}
      </Field>
      <Field label="Money" help="What is added up for the third score and for revenue.">
        {({ error, ...control }) => <Select {...control} error={error} size="xs" data={[{ value: '', label: 'The value of the event' }, ...amounts.map((p) => ({ value: p.name, label: humanize(p.name) }))]} value={model.property} allowDeselect={false} onChange={(p) => p !== null && onChange({ ...model, property: p })} />}
      </Field>
      <Field label="Shares" help="A score of 2, 3, 4, 5 needs at least so many per cent of people with less. Fifths are usual.">
        {({ id, 'aria-describedby': about }) => (
          <div className={css.cuts}>
            {model.cuts.map((cut, i) => (
              <NumberInput
                key={i}
                id={i === 0 ? id : undefined}
                aria-describedby={about}
                aria-label={`Share below the score ${i + 2}`}
                size="xs"
                min={(model.cuts[i - 1] ?? 0) + 1}
                max={(model.cuts[i + 1] ?? 100) - 1}
                clampBehavior="strict"
                suffix="%"
                allowDecimal={false}
                hideControls
                value={cut}
                onChange={(n) => typeof n === 'number' && onChange({ ...model, cuts: model.cuts.map((old, k) => (k === i ? n : old)) })}
              />
            ))}
          </div>
        )}
      </Field>
    </div>
  );
}
