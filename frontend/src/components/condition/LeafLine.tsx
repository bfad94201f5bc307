import { memo } from 'react';
import { useBuilder } from './context';
import { LeafWords } from './LeafWords';
import type { DraftLeaf, Leaf } from './node';
import { RemarkLines } from './RemarkLines';
import { ProblemLine, RowFrame } from './RowFrame';
import { SequenceLines } from './SequenceLines';
import { AddDetail, WhereLines } from './WhereLines';
import css from './condition.module.css';

interface Props {
  node: DraftLeaf;
  joiner: string;
}

/** One condition: its sentence, what it is about in detail, and what to know of it. */
export const LeafLine = memo(function LeafLine({ node, joiner }: Props) {
  const { setLeaf } = useBuilder();
  const { leaf } = node;
  const change = (next: Leaf, tag?: string) => setLeaf(node.id, next, tag);
  return (
    <div className={css.leaf} data-leaf>
      <RowFrame node={node} joiner={joiner} label="Condition">
        <LeafWords leaf={leaf} onChange={change} />
        {leaf.kind === 'event' && leaf.event !== '' && <AddDetail event={leaf.event} onAdd={(w) => change({ ...leaf, where: [...(leaf.where ?? []), w] })} />}
      </RowFrame>
      {leaf.kind === 'event' && (leaf.where?.length ?? 0) > 0 && (
        <div className={css.subrail}>
          <WhereLines event={leaf.event} where={leaf.where ?? []} onChange={(where, tag) => change({ ...leaf, where: where.length > 0 ? where : undefined }, tag && `where ${tag}`)} />
        </div>
      )}
      {leaf.kind === 'sequence' && <SequenceLines leaf={leaf} onChange={change} />}
      <RemarkLines id={node.id} />
      <ProblemLine id={node.id} />
    </div>
  );
});
