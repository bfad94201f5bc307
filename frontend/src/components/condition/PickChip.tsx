import { Combobox, useCombobox } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { match } from '@/lib/match';
import css from './condition.module.css';

export interface Choice {
  value: string;
  label: string;
  /** Shown at the right: how many, or what it is. */
  about?: string;
  group?: string;
  /** Other words that find it. */
  keywords?: string[];
}

interface Props {
  /** What is chosen here, for the ear: "Attribute". */
  label: string;
  value: string | undefined;
  choices: Choice[];
  onPick: (value: string) => void;
  /** What stands in the sentence; the chosen one's label unless told. */
  text?: string;
  placeholder?: string;
  /** word: a plain word of the sentence; value: something of the data. */
  look?: 'word' | 'value' | 'kind' | 'add';
}

/** How many choices are drawn at once; more are found by typing. */
const drawn = 120;

/** A word of the sentence that is picked from a list, found by typing. */
export function PickChip({ label, value, choices, onPick, text, placeholder = 'choose…', look = 'word' }: Props) {
  const [query, setQuery] = useState('');
  const searched = choices.length > 8;
  const added = useRef(false);
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      // What was added has the keyboard from here on.
      if (!added.current) box.focusTarget();
      added.current = false;
      setQuery('');
    },
    onDropdownOpen: () => {
      if (searched) box.focusSearchInput();
      box.selectActiveOption();
    },
  });
  const chosen = choices.find((c) => c.value === value);
  const shown = text ?? chosen?.label ?? value ?? '';
  return (
    <Combobox
      store={box}
      width="max-content"
      position="bottom-start"
      shadow="sm"
      withinPortal
      onOptionSubmit={(v) => {
        added.current = look === 'add';
        onPick(v);
        box.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          type="button"
          className={css.chip}
          data-look={look}
          data-unfilled={shown === '' || undefined}
          aria-label={`${label}: ${shown || 'not chosen'}`}
          aria-haspopup="listbox"
          aria-expanded={box.dropdownOpened}
          onClick={() => box.toggleDropdown()}
        >
          {shown || placeholder}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className={css.dropdown} data-overlay>
        {searched && (
          <Combobox.Search
            value={query}
            aria-label={`Find: ${label}`}
            placeholder="Type to find"
            onChange={(e) => {
              setQuery(e.currentTarget.value);
              box.updateSelectedOptionIndex();
            }}
          />
        )}
        {box.dropdownOpened && <Options label={label} choices={choices} query={query} value={value} onReady={() => query !== '' && box.selectFirstOption()} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The options, under their heads; most likely first while something is typed. */
export function Options({ label, choices, query, value, onReady }: { label: string; choices: Choice[]; query: string; value: string | undefined; onReady?: () => void }) {
  const found = useMemo(() => match(query, choices, (c) => [c.label, c.value, ...(c.keywords ?? [])]).slice(0, drawn), [query, choices]);
  const groups = useMemo(() => underHeads(found), [found]);
  const option = (c: Choice) => (
    <Combobox.Option key={c.value} value={c.value} active={c.value === value} className={css.option} ref={c === found[0] ? () => onReady?.() : undefined}>
      <span className={css.optionLabel}>{c.label}</span>
      {c.about && <span className={css.optionAbout}>{c.about}</span>}
    </Combobox.Option>
  );
  return (
    <Combobox.Options className={css.options} aria-label={label}>
      {groups.map(([name, list]) =>
        name === '' ? (
          list.map(option)
        ) : (
          <Combobox.Group key={name} label={name}>
            {list.map(option)}
          </Combobox.Group>
        ),
      )}
      {found.length === 0 && <Combobox.Empty>Nothing is called so</Combobox.Empty>}
    </Combobox.Options>
  );
}

function underHeads(choices: Choice[]): [string, Choice[]][] {
  const heads = new Map<string, Choice[]>();
  for (const c of choices) heads.set(c.group ?? '', [...(heads.get(c.group ?? '') ?? []), c]);
  return [...heads];
}
