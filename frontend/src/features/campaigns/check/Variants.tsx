import { placeInWords } from '@/components/preview/words';
import { count, plural, share } from '@/lib/format';
import type { ProofVariant } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import type { Found } from './FoundDrawer';

interface Props {
  variants: ProofVariant[];
  total: number;
  onOpen: (found: Found) => void;
}

export interface Choice {
  block: string;
  variants: ProofVariant[];
}

/** The variants by the block that chooses among them, in the order of the e-mail. */
export function choicesOf(variants: ProofVariant[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const v of variants) {
    const choice = choices.get(v.path) ?? { block: v.block, variants: [] };
    choice.variants.push(v);
    choices.set(v.path, choice);
  }
  return [...choices.entries()]
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, c]) => ({ ...c, variants: c.variants.toSorted((a, b) => b.count - a.count) }));
}

/** Who gets what: the variants of each choice as bars. */
export function Variants({ variants, total, onOpen }: Props) {
  const choices = choicesOf(variants);
  if (choices.length === 0) return null;
  return (
    <>
      {choices.map((choice) => (
        <table key={choice.variants[0]?.path} className={css.reasons}>
          <caption>
            Who gets what in “{choice.block}”
          </caption>
          <tbody>
            {choice.variants.map((v) => (
              <tr key={`${v.variant} ${v.branch}`}>
                <th scope="row">
                  <button type="button" className={css.link} onClick={() => onOpen({ title: `${plural(v.count, 'person gets', 'people get')} “${nameOfVariant(v)}”`, about: `In the block “${v.block}”`, count: v.count, contacts: v.contacts })}>
                    {nameOfVariant(v)}
                  </button>
                  <span className={css.branch}>{branchInWords(v.branch)}</span>
                </th>
                <td className={css.number}>{count(v.count)}</td>
                <td className={css.barCell}>
                  <span className={css.minibar} style={{ width: `${(100 * v.count) / Math.max(1, total)}%` }} />
                  <span className={css.share}>{share(v.count, total)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

function nameOfVariant(v: ProofVariant): string {
  return v.variant || 'Nothing is shown';
}

/** The branch that chose, by its place in the rule: "branch 2", or that none of them did. */
export function branchInWords(path: string): string {
  if (path === '') return '';
  if (path === 'default') return 'whoever is in no branch';
  return placeInWords(path).replace(/^the default/, 'whoever is in no branch').replaceAll('the nested rule of ', '');
}
