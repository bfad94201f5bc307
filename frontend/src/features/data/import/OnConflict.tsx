import { Radio } from '@mantine/core';
import { Section } from '@/components/page/Page';
import type { Choices } from './request';
import css from './import.module.css';

interface Props {
  choices: Choices;
  onChange: (c: Choices) => void;
}

/** What happens to what is known already. */
export function OnConflict({ choices, onChange }: Props) {
  const who = choices.kind === 'products' ? 'products' : 'contacts';
  return (
    <Section title={`What is known already of the same ${who}`}>
      <Radio.Group aria-label={`Of ${who} that are known already`} value={choices.onConflict} onChange={(v) => onChange({ ...choices, onConflict: v as Choices['onConflict'] })}>
        <div className={css.options}>
          <Radio size="xs" value="update" label="The file is newer: its values win" description="An empty cell changes nothing" />
          <Radio size="xs" value="fill" label="Only fill what is empty" />
          <Radio size="xs" value="keep" label={`Leave ${who} that are known as they are`} />
        </div>
      </Radio.Group>
    </Section>
  );
}
