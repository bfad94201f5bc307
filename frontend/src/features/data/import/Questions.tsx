import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { ImportPlan } from '@/lib/generated/api';
import type { Choices } from './request';
import css from './import.module.css';

interface Props {
  plan: ImportPlan;
  choices: Choices;
  onChange: (c: Choices) => void;
}

/** What the file leaves open and only a person knows: whether the day or the month comes first. */
export function Questions({ plan, choices, onChange }: Props) {
  // Once answered the program asks no more; the answer can still be changed.
  const [before, setBefore] = useState(plan.questions[0]);
  const now = plan.questions[0];
  if (now && now !== before) setBefore(now);
  const asked = now ?? (choices.dateOrder === '' ? undefined : before);
  if (!asked) return null;
  return (
    <div className={css.question}>
      <Radio.Group label={asked.message} value={choices.dateOrder} onChange={(dateOrder) => onChange({ ...choices, dateOrder })}>
        <div className={css.options}>
          {asked.options.map((o) => (
            <Radio key={o.value} size="xs" value={o.value} label={o.label} description={o.example} />
          ))}
        </div>
      </Radio.Group>
    </div>
  );
}
