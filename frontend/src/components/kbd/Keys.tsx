import { Kbd } from '@mantine/core';
import { keycaps } from '@/lib/keys';
import css from './Keys.module.css';

/** Keys as caps: keys are written as in lib/keys, "mod+k" or "g c". */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keycaps(keys).map((stroke, i) => (
        <span key={i} className={css.stroke}>
          {stroke.map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
