import { Button, Popover, Select } from '@mantine/core';
import { bytes, plural } from '@/lib/format';
import type { ImportPlan } from '@/lib/generated/api';
import type { Choices } from './request';
import css from './import.module.css';

interface Props {
  plan: ImportPlan;
  choices: Choices;
  onChange: (c: Choices) => void;
}

const delimiters = [
  { value: ',', label: 'comma  ,' },
  { value: ';', label: 'semicolon  ;' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar  |' },
];
const quotes = [
  { value: '"', label: 'double quotes  "' },
  { value: "'", label: "single quotes  '" },
];
const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western)' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
];

/** How the file is written, as found; and the way to correct it. */
export function FormatLine({ plan, choices, onChange }: Props) {
  const named = (list: { value: string; label: string }[], v: string) => list.find((x) => x.value === v)?.label.split('  ')[0] ?? v;
  return (
    <div className={css.format}>
      <span>
        {plural(plan.rows, 'row')}, {plural(plan.columns.length, 'column')}, {bytes(plan.size)} · {named(encodings, plan.encoding)} · cells between {named(delimiters, plan.delimiter)}s, in {named(quotes, plan.quote)} where needed
      </span>
      <Popover width={300} position="bottom-start" trapFocus>
        <Popover.Target>
          <Button variant="subtle">Correct this</Button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={css.formatFields}>
            <Select label="Between cells" data={delimiters} value={choices.delimiter || plan.delimiter} onChange={(v) => onChange({ ...choices, delimiter: v ?? '', columns: {} })} comboboxProps={{ withinPortal: false }} allowDeselect={false} />
            <Select label="Around cells" data={quotes} value={choices.quote || plan.quote} onChange={(v) => onChange({ ...choices, quote: v ?? '', columns: {} })} comboboxProps={{ withinPortal: false }} allowDeselect={false} />
            <Select label="Encoding" data={encodings} value={choices.encoding || plan.encoding} onChange={(v) => onChange({ ...choices, encoding: v ?? '', columns: {} })} comboboxProps={{ withinPortal: false }} allowDeselect={false} />
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
