import { TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import css from './Toolbar.module.css';

/** A line of tools: what finds on the left, what changes the view on the right. */
export function Toolbar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={css.toolbar}>
      <div className={css.start}>{children}</div>
      {end && <div className={css.end}>{end}</div>}
    </div>
  );
}

interface SearchProps {
  value: string;
  onChange: (text: string) => void;
  /** Says what is searched: "Search by name or address". */
  label: string;
  ref?: Ref<HTMLInputElement>;
  width?: number;
  /** Down arrow: into the list below. */
  onDown?: () => void;
}

/** A field that searches as one types. */
export function SearchField({ value, onChange, label, ref, width = 280, onDown }: SearchProps) {
  return (
    <TextInput
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      onKeyDown={(e) => {
        if (e.key === 'Escape' && value !== '') {
          e.stopPropagation();
          onChange('');
        }
        if (e.key === 'ArrowDown' && onDown) {
          e.preventDefault();
          onDown();
        }
      }}
      leftSection={<IconSearch size={14} />}
      rightSection={
        value !== '' && (
          <button type="button" className={css.clear} aria-label="Clear the search" onClick={() => onChange('')}>
            <IconX size={12} />
          </button>
        )
      }
      w={width}
      classNames={{ input: css.search }}
    />
  );
}
