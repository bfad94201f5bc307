import { useEffect, useState } from 'react';
import type { Scalar } from './node';
import css from './condition.module.css';

interface Props {
  label: string;
  value: Scalar | undefined;
  /** number: digits and a point; whole: digits; date: a day; text: as it is typed. */
  type: 'number' | 'whole' | 'date' | 'text';
  onChange: (value: Scalar | undefined) => void;
  placeholder?: string;
}

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

/** A value that is typed into the sentence itself; as wide as what is in it. */
export function InputChip({ label, value, type, onChange, placeholder }: Props) {
  const told = value === undefined ? '' : String(value);
  const [text, setText] = useState(told);
  // Another value from outside (undo, another op) replaces what was typed; one
  // that only says the same number in another way ("1." for 1) does not.
  useEffect(() => {
    setText((t) => (scalarOf(t, type) === value ? t : told));
  }, [told, type, value]);
  const asDay = type === 'date' && (text === '' || dayOnly.test(text));
  const shape = { number: '0', whole: '0', date: 'yyyy-mm-dd', text: 'text' }[type];
  return (
    <input
      className={css.input}
      aria-label={label}
      type={asDay ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : type === 'whole' ? 'numeric' : undefined}
      value={text}
      placeholder={placeholder ?? shape}
      data-unfilled={text === '' || undefined}
      style={asDay ? undefined : { width: `calc(${Math.max(text.length || (placeholder ?? shape).length, 1)}ch + 20px)` }}
      onChange={(e) => {
        const typed = type === 'whole' ? e.currentTarget.value.replaceAll(/\D/g, '') : e.currentTarget.value;
        setText(typed);
        onChange(scalarOf(typed, type));
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

/** What typed text is as a value: a number where it is one exactly, else the text. */
export function scalarOf(text: string, type: Props['type']): Scalar | undefined {
  const t = text.trim();
  if (t === '') return undefined;
  if (type !== 'number' && type !== 'whole') return t;
  const plain = t.replace(',', '.');
  // Beyond 15 digits a number of JavaScript is not what was typed: the program
  // reads decimals from text as well, and tells what is none.
  return /^-?\d+(\.\d*)?$|^-?\.\d+$/.test(plain) && plain.replaceAll(/\D/g, '').length <= 15 ? Number(plain) : plain;
}
