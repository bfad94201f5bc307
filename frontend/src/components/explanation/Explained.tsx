import { IconCheck, IconX } from '@tabler/icons-react';
import type { Explanation } from '@/lib/generated/api';
import css from './Explained.module.css';

/** Why somebody is in or out: each part of a condition with what was seen of them. */
export function Explained({ explanation }: { explanation: Explanation }) {
  return (
    <ul className={css.tree}>
      <Part part={explanation} />
    </ul>
  );
}

function Part({ part }: { part: Explanation }) {
  return (
    <li>
      <div className={css.line} data-holds={part.holds}>
        {part.holds ? <IconCheck size={14} aria-label="Yes" /> : <IconX size={14} aria-label="No" />}
        <span>
          {part.sentence}
          {part.seen && (
            <>
              {' '}
              <span className={css.seen}>{part.seen}</span>
            </>
          )}
        </span>
      </div>
      {part.children.length > 0 && (
        <ul>
          {part.children.map((child) => (
            <Part key={child.path} part={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
