import type { Change } from '@/lib/generated/api';
import { useKinds } from '../api';
import { labelOf } from '../fields/form';
import { saidOf } from './said';
import css from './Versions.module.css';

/** What changed between two versions, block by block, in words. */
export function Changes({ changes }: { changes: Change[] }) {
  const kinds = useKinds().data ?? [];
  if (changes.length === 0) return <p className={css.about}>They are alike.</p>;
  return (
    <ul className={css.changes}>
      {changes.map((c) => (
        <li key={`${c.what} ${c.id} ${c.path}`}>
          <p>
            {c.kind === 'template' ? 'The e-mail' : labelOf(kinds, c.kind)} <span className={css.about}>{c.id}</span> {words[c.what] ?? c.what}
          </p>
          {c.what === 'changed' && (
            <dl>
              {saidOf(c).map((f) => (
                <div key={f.field}>
                  <dt>{f.field}</dt>
                  {f.before !== '' && <dd className={css.before}>{f.before}</dd>}
                  {f.after !== '' && <dd className={css.after}>{f.after}</dd>}
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

const words: Record<string, string> = { added: 'was added', removed: 'was removed', changed: 'was changed', moved: 'was moved' };
