import { count, share } from '@/lib/format';
import type { StackPart } from '@/lib/outbox';
import css from './StackBar.module.css';

interface Props {
  parts: StackPart[];
  /** What is counted, for the ear: "messages". */
  unit: string;
  /** With labels under the bar; without, the numbers must stand beside it. */
  labelled?: boolean;
  /** Opens what a part counts. */
  onPick?: (key: string) => void;
}

/** Parts of a whole as a bar, each with its number in words under it. */
export function StackBar({ parts, unit, labelled = false, onPick }: Props) {
  const total = parts.reduce((sum, p) => sum + p.value, 0);
  return (
    <div className={css.stack}>
      <div className={css.bar} data-tall={labelled || undefined} role="img" aria-label={`${count(total)} ${unit}: ${parts.map((p) => `${count(p.value)} ${p.label}`).join(', ') || 'none'}`}>
        {parts.map((p) => (
          <span key={p.key} className={css.part} style={{ flexGrow: p.value, background: p.color }} />
        ))}
      </div>
      {labelled && (
        <ul className={css.labels}>
          {parts.map((p) => (
            <li key={p.key}>
              <Label part={p} total={total} onPick={onPick} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Label({ part, total, onPick }: { part: StackPart; total: number; onPick?: (key: string) => void }) {
  const words = (
    <>
      <span className={css.swatch} style={{ background: part.color }} />
      <strong>{count(part.value)}</strong> {part.label} <span className={css.share}>{share(part.value, total)}</span>
    </>
  );
  if (!onPick) return <span className={css.label}>{words}</span>;
  return (
    <button type="button" className={css.label} onClick={() => onPick(part.key)}>
      {words}
    </button>
  );
}
