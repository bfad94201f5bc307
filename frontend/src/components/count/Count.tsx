import { count, share } from '@/lib/format';
import css from './Count.module.css';

interface Props {
  value: number | undefined;
  /** With it, the share of it is shown after the number. */
  total?: number;
  /** What is counted, for the ear: "contacts". */
  unit?: string;
  /** An older answer while a new one comes: shown, but dimmed. */
  stale?: boolean;
}

/** A number, with its share of a total. */
export function Count({ value, total, unit, stale }: Props) {
  if (value === undefined || value < 0) {
    return (
      <span className={css.count} data-none>
        –
      </span>
    );
  }
  return (
    <span className={css.count} data-stale={stale || undefined}>
      {count(value)}
      {unit && <span className={css.unit}> {unit}</span>}
      {total !== undefined && <span className={css.share}>{share(value, total)}</span>}
    </span>
  );
}
