import { useId, type ReactNode } from 'react';
import css from './Field.module.css';

interface Props {
  label: string;
  help?: ReactNode;
  error?: string | null;
  /** Gets the id that ties the label to the control, and the id of what describes it. */
  children: (control: { id: string; 'aria-describedby': string | undefined; error: boolean }) => ReactNode;
}

/** A row of a form: label and help at the left, the control at the right. */
export function Field({ label, help, error, children }: Props) {
  const id = useId();
  const described = error || help ? `${id}-about` : undefined;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <div className={css.control}>
        {children({ id, 'aria-describedby': described, error: Boolean(error) })}
        {(error || help) && (
          <div id={described} className={error ? css.error : css.help} role={error ? 'alert' : undefined}>
            {error ?? help}
          </div>
        )}
      </div>
    </div>
  );
}
