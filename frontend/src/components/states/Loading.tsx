import { useEffect, useState } from 'react';
import css from './states.module.css';

/** Nothing is shown for the first 200 ms: most answers are there by then. */
function useLate(ms = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

/** Lines of the height of rows, for lists that are on their way. */
export function LoadingRows({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  const late = useLate();
  return (
    <div role="status" aria-label={label} className={css.loading} data-late={late || undefined}>
      {Array.from({ length: rows }, (_, i) => (
        <Bone key={i} width={`${[62, 48, 70, 55, 40, 66][i % 6]}%`} />
      ))}
    </div>
  );
}

/** One grey line in the place of text. */
export function Bone({ width = '60%', height = 10 }: { width?: string; height?: number }) {
  return <span className={css.bone} style={{ width, height }} />;
}
