import { useId } from 'react';
import { EmptyState } from '@/components/states/EmptyState';
import { bytes, duration } from '@/lib/format';
import type { BlockTrace, PreviewResult } from '@/lib/generated/api';
import { Gaps } from './Gaps';
import { RuleWhy } from './RuleWhy';
import { branchOf, kindInWords, outcome, serviceInWords } from './words';
import css from './Why.module.css';

interface Props {
  result: PreviewResult | undefined;
  /** The block of the trace that is chosen; -1 for none. */
  block: number;
  onBlock: (index: number) => void;
  stale?: boolean;
}

/** Why a person's message is as it is, block by block. */
export function WhyPanel({ result, block, onBlock, stale = false }: Props) {
  const head = useId();
  if (!result) return null;
  const { trace } = result;
  if (trace.blocks.length === 0 && trace.missing.length === 0)
    return <EmptyState title={result.failed ? 'Nothing was composed' : 'No blocks yet'}>{result.failed ? 'What is wrong stands beside the message.' : 'Add the first block at the left.'}</EmptyState>;
  return (
    <div className={css.why} data-stale={stale || undefined}>
      <h2 id={head} className="visually-hidden">
        Why it comes out so
      </h2>
      {trace.missing.length > 0 && (
        <div className={css.lines}>
          <Gaps missing={trace.missing} where />
        </div>
      )}
      <ol className={css.blocks} aria-labelledby={head}>
        {trace.blocks.map((b, i) => (
          <Line key={`${i} ${b.path}`} block={b} chosen={i === block} onChoose={() => onBlock(i === block ? -1 : i)} />
        ))}
      </ol>
      {trace.services?.map((s) => (
        <div key={s.service} className={css.lines}>
          <p className={s.state === 'failed' ? css.bad : undefined}>{serviceInWords(s)}</p>
        </div>
      ))}
      {trace.refused.length > 0 && (
        <div className={css.lines}>
          <p className={css.bad}>Links that were taken out, since mail may not carry them: {trace.refused.join(', ')}</p>
        </div>
      )}
      {!result.failed && (
        <p className={css.foot}>
          {bytes(result.bytes)} of HTML, {result.from_outbox ? 'the very message that was planned' : `composed in ${duration(result.ms)}`}
        </p>
      )}
    </div>
  );
}

function Line({ block, chosen, onChoose }: { block: BlockTrace; chosen: boolean; onChoose: () => void }) {
  const said = outcome(block);
  const gaps = block.missing.filter((m) => !m.covered).length;
  return (
    <li className={css.block} data-chosen={chosen || undefined} style={{ paddingLeft: 12 + block.depth * 14 }}>
      <button type="button" className={css.head} aria-expanded={chosen} onClick={onChoose}>
        <span className={css.kind}>{kindInWords(block.kind)}</span>
        <span className={css.id}>{block.id}</span>
        {said !== '' && (
          <span className={css.said} data-tone={block.fallback ? 'warn' : block.hidden ? 'off' : 'on'}>
            {said}
          </span>
        )}
        {gaps > 0 && !block.fallback && <span className={css.gap}>{gaps} missing</span>}
      </button>
      {block.rule && !chosen && <p className={css.because}>{branchOf(block)}</p>}
      {block.reason !== '' && <p className={css.because}>{block.reason}</p>}
      {chosen && (
        <div className={css.detail}>
          {block.rule && <RuleWhy rule={block.rule} />}
          <Gaps missing={block.missing} />
          {block.picks.length > 0 && (
            <ul className={css.picks}>
              {block.picks.map((p) => (
                <li key={p.sku}>
                  <span className={css.pick}>{p.title || p.sku}</span>
                  <span className={css.reason}>{p.reason}</span>
                </li>
              ))}
            </ul>
          )}
          {!block.rule && block.missing.length === 0 && block.picks.length === 0 && block.reason === '' && <p className={css.same}>The same for everybody but for what its variables hold.</p>}
        </div>
      )}
    </li>
  );
}
