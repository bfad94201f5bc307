import { useId } from 'react';
import { choicesOf } from '../draft';
import { useEditedRule } from './context';
import css from './editor.module.css';

interface Props {
  label: string;
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
  missing?: boolean;
}

/** A label that a rule chooses; those that it has already are offered. */
export function ChoiceInput({ label, value, placeholder, onChange, missing }: Props) {
  const { rule } = useEditedRule();
  const id = useId();
  return (
    <>
      <input
        className={css.choice}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        list={id}
        data-missing={missing || undefined}
        style={{ width: `calc(${Math.max(value.length || placeholder.length, 6)}ch + 28px)` }}
        onChange={(e) => onChange(e.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={id}>
        {choicesOf(rule).map((c) => (
          <option key={c} value={c} />
        ))}
      </datalist>
    </>
  );
}
