import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Missing } from '@/lib/generated/api';
import css from './Why.module.css';

/** Variables that this person has no value for. */
export function Gaps({ missing, where = false }: { missing: Missing[]; where?: boolean }) {
  if (missing.length === 0) return null;
  return (
    <ul className={css.gaps}>
      {missing.map((m, i) => (
        <li key={`${i} ${m.name}`} data-covered={m.covered || undefined}>
          {m.covered ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
          <span>
            <code>{m.name}</code> has no value{where && m.where ? ` in the ${m.where}` : ''}
            {m.covered ? '; something stands in for it' : ' and nothing stands in for it'}
          </span>
        </li>
      ))}
    </ul>
  );
}
