import { useBuilder, useKnown } from './context';
import { andAlso } from './edit';
import { isConditionGroup } from './node';
import css from './condition.module.css';

/** What the program remarks about a row, with one click to change it where there is one. */
export function RemarkLines({ id }: { id: string }) {
  const { act } = useBuilder();
  const { remarks } = useKnown();
  return (remarks.get(id) ?? []).map(({ kind, text, offer, also }) => (
    <div key={kind} className={css.hint} data-kind={kind}>
      {text}
      {also && !isConditionGroup(also) && (
        <>
          {' · '}
          <button type="button" className={css.hintOffer} onClick={() => act((r) => andAlso(r, id, also), { id, part: 'row' })}>
            {offer}
          </button>
        </>
      )}
    </div>
  ));
}
