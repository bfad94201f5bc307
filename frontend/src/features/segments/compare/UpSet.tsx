import { count, plural } from '@/lib/format';
import type { Overlap, OverlapPart } from '@/lib/generated/api';
import css from './compare.module.css';

interface Props {
  overlap: Overlap;
  picked: OverlapPart | null;
  onPick: (part: OverlapPart) => void;
}

/** How many parts are drawn: the greatest; more could not be told apart. */
const drawn = 24;

/**
 * An UpSet plot (Lex et al. 2014): each column is the people who are in exactly
 * the segments with a dot, its bar how many those are; the bars at the left are
 * the whole segments.
 */
export function UpSet({ overlap, picked, onPick }: Props) {
  const parts = overlap.parts.filter((p) => p.in.length > 0 && p.count > 0).toSorted((a, b) => b.count - a.count);
  const shown = parts.slice(0, drawn);
  const sets = overlap.sets.toSorted((a, b) => b.count - a.count);
  const most = Math.max(1, ...shown.map((p) => p.count));
  const largest = Math.max(1, ...sets.map((s) => s.count));
  const order = new Map(sets.map((s, i) => [s.slug, i]));
  const same = (p: OverlapPart) => picked !== null && p.in.join() === picked.in.join();
  return (
    <div className={css.upset}>
      <div className={css.corner}>
        <strong>{plural(parts.length, 'part')}</strong>
        <span>Each column: people in exactly the segments with a dot</span>
      </div>
      <div className={css.bars} role="group" aria-label="Parts, the greatest first">
        {shown.map((p) => (
          <button key={p.in.join()} type="button" className={css.column} aria-pressed={same(p)} aria-label={`${plural(p.count, 'person', 'people')}: ${partSentence(overlap, p)}`} onClick={() => onPick(p)}>
            <span className={css.barCount}>{count(p.count)}</span>
            <span className={css.bar} style={{ height: `${Math.max(2, (170 * p.count) / most)}px` }} />
          </button>
        ))}
      </div>
      {sets.map((s, i) => (
        <div key={s.slug} className={css.set}>
          <div className={css.setName}>
            <span className={css.setLabel}>{s.name}</span>
            <span className={css.setCount}>{count(s.count)}</span>
            <span className={css.setBar} style={{ width: `${(100 * s.count) / largest}%` }} />
          </div>
          <div className={css.dots} aria-hidden>
            {shown.map((p) => (
              <span key={p.in.join()} className={css.cell} data-picked={same(p) || undefined} data-line={lineAt(i, p.in.map((slug) => order.get(slug) ?? 0))}>
                <span className={css.dot} data-on={p.in.includes(s.slug) || undefined} />
              </span>
            ))}
          </div>
        </div>
      ))}
      {parts.length > shown.length && <p className={css.more}>{plural(parts.length - shown.length, 'smaller part')} not drawn</p>}
    </div>
  );
}

/** "In Best customers and Tea lovers, and in no other of these". */
export function partSentence(overlap: Overlap, part: OverlapPart): string {
  const names = part.in.map((slug) => overlap.sets.find((s) => s.slug === slug)?.name ?? slug);
  const only = part.in.length < overlap.sets.length;
  const last = names.at(-1) ?? '';
  const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
  return `In ${listed}${only ? ', and in no other of these' : ''}`;
}

/** Which piece of the line that joins the dots of a column a row has. */
function lineAt(row: number, on: number[]): 'down' | 'through' | 'up' | undefined {
  const first = Math.min(...on);
  const last = Math.max(...on);
  if (first === last || row < first || row > last) return undefined;
  if (row === first) return 'down';
  return row === last ? 'up' : 'through';
}
