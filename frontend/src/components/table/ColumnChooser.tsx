import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { SearchField } from '@/components/toolbar/Toolbar';
import css from './ColumnChooser.module.css';

export interface ColumnChoice {
  key: string;
  label: string;
  /** In how much it is filled, or what it is: shown at the right. */
  about?: string;
}

interface Props {
  choices: ColumnChoice[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Which columns a table shows. A newly chosen one comes last. */
export function ColumnChooser({ choices, chosen, onChange }: Props) {
  const [text, setText] = useState('');
  const seen = choices.filter((c) => c.label.toLowerCase().includes(text.toLowerCase().trim()));
  const toggle = (key: string) => onChange(chosen.includes(key) ? chosen.filter((k) => k !== key) : [...chosen, key]);
  return (
    <Popover position="bottom-end" width={280} onClose={() => setText('')} trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconColumns3 size={15} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SearchField value={text} onChange={setText} label="Find a column" width={270} />
        <div className={css.list}>
          {seen.map((c) => (
            <div key={c.key} className={css.choice}>
              <Checkbox label={c.label} checked={chosen.includes(c.key)} onChange={() => toggle(c.key)} />
              {c.about && <span className={css.about}>{c.about}</span>}
            </div>
          ))}
          {seen.length === 0 && <p className={css.none}>No column is called so</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
