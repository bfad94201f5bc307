import css from './TitleInput.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  autoFocus?: boolean;
}

/** The name at the head of a page, edited where it stands. */
export function TitleInput({ label, value, onChange, placeholder, autoFocus }: Props) {
  return <input className={css.title} aria-label={label} value={value} placeholder={placeholder} onChange={(e) => onChange(e.currentTarget.value)} autoFocus={autoFocus} spellCheck={false} autoComplete="off" />;
}
