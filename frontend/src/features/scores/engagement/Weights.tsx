import { NumberInput } from '@mantine/core';
import { Field } from '@/components/field/Field';
import { count } from '@/lib/format';
import { humanize } from '@/lib/value';
import type { Engagement, ScoreModel } from '@/lib/generated/api';
import { ageing } from './words';
import css from './engagement.module.css';

interface Props {
  model: Engagement;
  known: ScoreModel;
  onChange: (model: Engagement) => void;
}

/** What everything counts, and how fast it fades. */
export function Weights({ model, known, onChange }: Props) {
  const weightOf = (event: string) => model.weights.find((w) => w.event === event)?.weight ?? 0;
  const events = [...model.weights.map((w) => w.event), ...known.events.map((e) => e.name).filter((e) => !model.weights.some((w) => w.event === e))];
  const heaviest = model.weights.reduce((a, b) => (b.weight > a.weight ? b : a), { event: '', weight: 0 });
  const set = (event: string, weight: number) => {
    const there = model.weights.some((w) => w.event === event);
    onChange({ ...model, weights: there ? model.weights.map((w) => (w.event === event ? { event, weight } : w)) : [...model.weights, { event, weight }] });
  };
  return (
    <>
      <Field label="Half-life" help={heaviest.weight > 0 ? `${ageing(heaviest.event, heaviest.weight, model)}.` : undefined}>
        {({ error, ...control }) => <NumberInput {...control} error={error} size="xs" min={0.1} max={3650} suffix=" days" clampBehavior="strict" value={model.half_life} onChange={(n) => typeof n === 'number' && n >= 0.1 && onChange({ ...model, half_life: n })} />}
      </Field>
      <Field label="Score 50 at" help="The sum that makes a score of 50; twice of it makes 75.">
        {({ error, ...control }) => <NumberInput {...control} error={error} size="xs" min={0.1} max={100000} clampBehavior="strict" value={model.middle} onChange={(n) => typeof n === 'number' && n >= 0.1 && onChange({ ...model, middle: n })} />}
      </Field>
      <table className={css.weights}>
        <caption className="visually-hidden">What each event counts on its day</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">There are</th>
            <th scope="col">Counts</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const n = known.events.find((e) => e.name === event)?.count ?? 0;
            return (
              <tr key={event}>
                <th scope="row">{humanize(event)}</th>
                <td>{n === 0 ? <span className={css.muted}>none yet</span> : count(n)}</td>
                <td>
                  <NumberInput aria-label={`What ${humanize(event).toLowerCase()} counts`} size="xs" w={84} min={0} max={1000} clampBehavior="strict" value={weightOf(event)} onChange={(w) => typeof w === 'number' && set(event, w)} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
