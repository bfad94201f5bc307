import { placeInWords } from '@/components/preview/words';
import { count, plural, share } from '@/lib/format';
import type { ProofVariant } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import type { Found } from './FoundDrawer';
import { isNews } from './Findings';

interface Props {
  variants: ProofVariant[];
  total: number;
  onOpen: (found: Found) => void;
}

export interface Choice {
  block: string;
  /** Whether it is a choice; else the block only has a fallback. */
  chooses: boolean;
  variants: ProofVariant[];
}

/** The ways of each block, blocks in the order of the e-mail; who does not come to it stands last. */
export function choicesOf(variants: ProofVariant[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const v of variants) {
    const choice = choices.get(v.path) ?? { block: v.block, chooses: false, variants: [] };
    choice.variants.push(v);
    choice.chooses ||= v.sort !== 'fallback';
    choices.set(v.path, choice);
  }
  return [...choices.entries()]
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, c]) => ({ ...c, variants: c.variants.toSorted((a, b) => Number(a.sort === 'not_reached') - Number(b.sort === 'not_reached') || b.count - a.count) }));
}

/** Who gets what: every branch of each choice and every fallback as bars, with those that nobody gets. */
export function Variants({ variants, total, onOpen }: Props) {
  const choices = choicesOf(variants);
  const fallbacks = choices.filter((c) => !c.chooses).flatMap((c) => c.variants);
  return (
    <>
      {choices
        .filter((c) => c.chooses)
        .map((choice) => (
          <Rows key={choice.variants[0]?.path} caption={`Who gets what in “${choice.block}”`} rows={choice.variants} nameOf={nameOfVariant} total={total} onOpen={onOpen} />
        ))}
      {fallbacks.length > 0 && <Rows caption="Who gets the fallback of a block" rows={fallbacks} nameOf={(v) => v.block} total={total} onOpen={onOpen} />}
    </>
  );
}

interface RowsProps {
  caption: string;
  rows: ProofVariant[];
  nameOf: (row: ProofVariant) => string;
  total: number;
  onOpen: (found: Found) => void;
}

function Rows({ caption, rows, nameOf, total, onOpen }: RowsProps) {
  return (
    <table className={css.reasons}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map((v) => (
          <Row key={`${v.path} ${v.sort} ${v.variant} ${v.branch}`} row={v} name={nameOf(v)} total={total} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, name, total, onOpen }: { row: ProofVariant; name: string; total: number; onOpen: (found: Found) => void }) {
  return (
    <tr data-nobody={row.count === 0 || undefined} className={panels.way}>
      <th scope="row">
        {row.count > 0 && row.item > 0 ? (
          <button type="button" className={css.link} onClick={() => onOpen({ title: `${plural(row.count, 'person gets', 'people get')} “${nameOfVariant(row)}”`, about: `In the block “${row.block}”`, what: 'item', number: row.item })}>
            {name}
          </button>
        ) : (
          name
        )}
        <span className={css.branch}>{[row.sort === 'branch' ? row.name || branchInWords(row.branch) : '', isNews(row)].filter(Boolean).join(' · ')}</span>
      </th>
      <td className={css.number}>{row.count === 0 ? 'nobody' : count(row.count)}</td>
      <td className={css.barCell}>
        {row.count > 0 && <span className={css.minibar} style={{ width: `${(100 * row.count) / Math.max(1, total)}%` }} />}
        {row.count > 0 && <span className={css.share}>{share(row.count, total)}</span>}
      </td>
    </tr>
  );
}

function nameOfVariant(v: ProofVariant): string {
  if (v.sort === 'fallback') return 'The fallback';
  if (v.sort === 'not_reached') return 'Do not come to it';
  return v.variant || 'Nothing is shown';
}

/** The branch that chose, by its place in the rule: "branch 2", or that none of them did. */
export function branchInWords(path: string): string {
  if (path === '') return '';
  if (path === 'default') return 'whoever is in no branch';
  return placeInWords(path).replace(/^the default/, 'whoever is in no branch').replaceAll('the nested rule of ', '');
}
