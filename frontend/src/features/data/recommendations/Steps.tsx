import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { dated, strategies, type Step } from './draft';
import css from './recommendations.module.css';

interface Props {
  steps: Step[];
  onChange: (steps: Step[]) => void;
}

/** The chain of strategies: each is tried where those before it gave too little. */
export function Steps({ steps, onChange }: Props) {
  const put = (at: number, step: Step) => onChange(steps.map((s, i) => (i === at ? step : s)));
  return (
    <fieldset className={css.steps}>
      <legend>Products, in this order</legend>
      <ol>
        {steps.map((s, i) => (
          <li key={i}>
            <Line step={s} number={i + 1} onChange={(step) => put(i, step)} />
            {i > 0 && (
              <ActionIcon aria-label={`Move step ${i + 1} up`} onClick={() => onChange(swapped(steps, i))}>
                <IconArrowUp size={15} />
              </ActionIcon>
            )}
            {steps.length > 1 && (
              <ActionIcon aria-label={`Remove step ${i + 1}`} onClick={() => onChange(steps.filter((_, j) => j !== i))}>
                <IconX size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
        {!steps.every((s) => s.strategy === 'hand_picked') && <li className={css.last}>and then your latest collection, so that there is something for everybody</li>}
      </ol>
      {steps.length < 12 && (
        <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => onChange([...steps, { strategy: 'trending' }])}>
          Add a step
        </Button>
      )}
    </fieldset>
  );
}

function Line({ step, number, onChange }: { step: Step; number: number; onChange: (step: Step) => void }) {
  return (
    <div className={css.step}>
      <Select
        aria-label={`Step ${number}`}
        data={strategies.map((s) => ({ value: s.value, label: s.label }))}
        value={step.strategy}
        allowDeselect={false}
        onChange={(strategy) => strategy && onChange({ strategy })}
        w={220}
      />
      {step.strategy === 'hand_picked' && (
        <TextInput aria-label={`Numbers of step ${number}`} placeholder="SKUs with commas between them" className={css.grow} defaultValue={(step.skus ?? []).join(', ')} onBlur={(e) => onChange({ ...step, skus: e.currentTarget.value.split(',').map((s) => s.trim()).filter((s) => s !== '') })} />
      )}
      {dated.has(step.strategy) && (
        <NumberInput
          aria-label={step.strategy === 'trending' ? `Days in which a sale of step ${number} loses half its weight` : `Days of step ${number}`}
          placeholder={step.strategy === 'trending' ? '10' : '30'}
          suffix=" days"
          w={104}
          min={1}
          max={36500}
          allowDecimal={false}
          value={step.days ?? ''}
          onChange={(v) => onChange({ ...step, days: v === '' ? undefined : Number(v) })}
        />
      )}
      <span className={css.about}>{strategies.find((s) => s.value === step.strategy)?.about}</span>
    </div>
  );
}

function swapped(steps: Step[], at: number): Step[] {
  const [above, below] = [steps[at - 1], steps[at]];
  if (!above || !below) return steps;
  return steps.map((s, i) => (i === at - 1 ? below : i === at ? above : s));
}
