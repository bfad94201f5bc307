import { ActionIcon, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { count, share } from '@/lib/format';
import type { Variable } from '@/lib/generated/api';
import { useStatus } from '@/lib/status';
import css from './fields.module.css';

interface Props {
  variables: readonly Variable[];
  onPick: (name: string) => void;
}

/** The names that texts can use, with a value that somebody has and how many have one. */
export function VariablesMenu({ variables, onPick }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const total = useStatus().data?.contacts ?? 0;
  const words = text.trim().toLowerCase();
  const shown = variables.filter((v) => words === '' || `${v.name} ${v.label}`.toLowerCase().includes(words)).slice(0, 60);
  const pick = (name: string) => {
    setOpen(false);
    setText('');
    onPick(name);
  };
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-end" trapFocus returnFocus={false}>
      <Popover.Target>
        <Tooltip label="Put a variable in" disabled={open}>
          <ActionIcon size={24} aria-label="Put a variable in" onClick={() => setOpen((o) => !o)}>
            <IconBraces size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          data-autofocus
          aria-label="Search variables"
          placeholder="Search variables"
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && shown[0]) {
              e.preventDefault();
              pick(shown[0].name);
            }
          }}
        />
        <div className={css.variables}>
          {shown.map((v) => (
            <button key={v.name} type="button" className={css.variable} onClick={() => pick(v.name)}>
              <span className={css.variableName}>{v.name}</span>
              <span className={css.variableFilled}>{v.filled < 0 ? '' : total > 0 ? share(v.filled, total) : count(v.filled)}</span>
              <span className={css.variableSample}>{v.sample || v.label}</span>
            </button>
          ))}
          {shown.length === 0 && <p className={css.help}>No variable is called so.</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
