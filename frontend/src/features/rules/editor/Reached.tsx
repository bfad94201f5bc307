import { count as number } from '@/lib/format';
import { useEditedRule } from './context';
import css from './editor.module.css';

/** Of everybody: how many come to a branch, and how many it takes. */
export function Reached({ counted }: { counted: { reached: number; chosen: number } | undefined }) {
  const { count } = useEditedRule();
  const total = count.data?.total ?? 0;
  const width = (n: number) => `${total > 0 ? (100 * n) / total : 0}%`;
  return (
    <span className={css.reached} data-stale={count.stale || undefined} data-none={counted === undefined || undefined}>
      {counted && (
        <>
          <span className={css.reachedText}>
            <strong>{number(counted.chosen)}</strong> of {number(counted.reached)}
          </span>
          <span className={css.reachedBar}>
            <span className={css.came} style={{ width: width(counted.reached) }} />
            <span className={css.took} style={{ width: width(counted.chosen) }} />
          </span>
        </>
      )}
    </span>
  );
}
