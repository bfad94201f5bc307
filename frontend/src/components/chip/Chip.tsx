import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Chip.module.css';

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad';

interface Props {
  tone?: Tone;
  /** An icon or sign: colour is never the only one. */
  icon?: ReactNode;
  onRemove?: () => void;
  /** What the remove button is called: "Remove Paris". */
  removeLabel?: string;
  onClick?: () => void;
  children: ReactNode;
}

/** A word in a frame: a state, a value, a segment. */
export function Chip({ tone = 'plain', icon, onRemove, removeLabel, onClick, children }: Props) {
  const inside = (
    <>
      {icon}
      <span className={css.text}>{children}</span>
    </>
  );
  return (
    <span className={css.chip} data-tone={tone}>
      {onClick ? (
        <button type="button" className={css.press} onClick={onClick}>
          {inside}
        </button>
      ) : (
        inside
      )}
      {onRemove && (
        <button type="button" className={css.remove} onClick={onRemove} aria-label={removeLabel ?? 'Remove'}>
          <IconX size={12} />
        </button>
      )}
    </span>
  );
}
