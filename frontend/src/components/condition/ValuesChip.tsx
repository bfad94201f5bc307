import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { count } from '@/lib/format';
import { Segments, type ValuesOf } from '@/lib/generated/api';
import type { Scalar } from './node';
import css from './condition.module.css';

interface Props {
  label: string;
  values: Scalar[];
  onChange: (values: Scalar[]) => void;
  /** Whose values are suggested. */
  of: ValuesOf;
  /** The word between the values: "or" or "and". */
  joiner?: string;
}

/** Values as chips, picked from those that are in the data or typed. */
export function ValuesChip({ label, values, onChange, of, joiner = 'or' }: Props) {
  const [query, setQuery] = useState('');
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      box.focusTarget();
      setQuery('');
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const [slow] = useDebouncedValue(query.trim(), 80);
  const suggested = useQuery({
    queryKey: ['segments', 'values', of, slow],
    queryFn: ({ signal }) => Segments.values(of, slow, 40, signal),
    enabled: box.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const texts = values.map(String);
  const typed = query.trim();
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const known = (suggested.data ?? []).filter((s) => typed !== '' || !texts.some((t) => same(t, s.value)));
  const offered = typed === '' ? [...texts.map((t) => ({ value: t, count: -1 })), ...known] : known;
  const add = typed !== '' && !offered.some((o) => same(o.value, typed));
  const toggle = (v: string) => {
    onChange(texts.some((t) => same(t, v)) ? values.filter((x) => !same(String(x), v)) : [...values, v]);
    setQuery('');
  };
  return (
    <Combobox store={box} width={300} position="bottom-start" shadow="sm" withinPortal onOptionSubmit={toggle}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          type="button"
          className={css.values}
          data-unfilled={values.length === 0 || undefined}
          aria-label={`${label}: ${texts.join(` ${joiner} `) || 'not chosen'}`}
          aria-haspopup="listbox"
          aria-expanded={box.dropdownOpened}
          onClick={() => box.toggleDropdown()}
        >
          {texts.length === 0 && <span className={css.valuePlaceholder}>value…</span>}
          {texts.slice(0, 6).map((t, i) => (
            <span key={t} className={css.valueWord}>
              {i > 0 && <span className={css.joiner}>{joiner}</span>}
              <span className={css.value}>{t}</span>
            </span>
          ))}
          {texts.length > 6 && <span className={css.joiner}>and {count(texts.length - 6)} more</span>}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className={css.dropdown} data-overlay>
        <Combobox.Search
          value={query}
          aria-label={`Find: ${label}`}
          placeholder="Type a value"
          onChange={(e) => {
            setQuery(e.currentTarget.value);
            box.updateSelectedOptionIndex();
          }}
          onKeyDown={(e) => {
            if (e.key === 'Backspace' && query === '' && values.length > 0) {
              e.stopPropagation();
              onChange(values.slice(0, -1));
            }
            if (e.key === 'Enter' && query === '' && box.getSelectedOptionIndex() < 0) box.closeDropdown();
          }}
        />
        {box.dropdownOpened && (
          <Combobox.Options className={css.options} aria-label={label}>
            {offered.map((o, i) => (
              <Combobox.Option key={o.value} value={o.value} active={texts.some((t) => same(t, o.value))} className={css.option} ref={i === 0 && typed !== '' ? () => void box.selectFirstOption() : undefined}>
                <span className={css.check}>{texts.some((t) => same(t, o.value)) && <IconCheck size={13} />}</span>
                <span className={css.optionLabel}>{o.value}</span>
                {o.count >= 0 && <span className={css.optionAbout}>{count(o.count)}</span>}
              </Combobox.Option>
            ))}
            {add && (
              <Combobox.Option value={typed} className={css.option} ref={offered.length === 0 ? () => void box.selectFirstOption() : undefined}>
                <span className={css.check} />
                <span className={css.optionLabel}>Use “{typed}”</span>
                <span className={css.optionAbout}>{suggested.isFetching ? '' : 'not in the data'}</span>
              </Combobox.Option>
            )}
            {offered.length === 0 && !add && <Combobox.Empty>{suggested.isPending ? ' ' : 'No values in the data yet; type one'}</Combobox.Empty>}
          </Combobox.Options>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
