import { IconCheck, IconX } from '@tabler/icons-react';
import { isConditionGroup, nodeAt, type Condition } from '@/components/condition/node';
import { asSentence, useNamed } from '@/components/condition/sentence';
import type { Explanation, Flip } from '@/lib/generated/api';
import css from './Explained.module.css';

interface Props {
  explanation: Explanation;
  /** The condition that is explained, for the words at the heads of its groups. */
  condition?: Condition | null;
}

const heads = { all: 'All of these', any: 'Any of these', none: 'None of these' };

/** Why a condition holds for a person or does not: each part with what was seen of it, and the least that would turn it. */
export function Explained({ explanation, condition }: Props) {
  return (
    <>
      <ul className={css.tree}>
        <Part part={explanation} condition={condition ?? null} />
      </ul>
      {explanation.flip && <Turn flip={explanation.flip} holds={explanation.holds} />}
    </>
  );
}

/** What would turn the answer, and when time alone will. */
function Turn({ flip, holds }: { flip: Flip; holds: boolean }) {
  const named = useNamed();
  const itself = flip.by_itself?.sentence;
  // A change that is only a matter of time is told by the second line.
  const waits = itself !== undefined && flip.changes.length === 1 && flip.sentence.startsWith('by itself');
  return (
    <dl className={css.turn}>
      {!waits && (
        <>
          <dt>{holds ? 'What would take them out' : 'What would bring them in'}</dt>
          <dd>{asSentence(named(flip.sentence))}</dd>
        </>
      )}
      {itself && (
        <>
          <dt>{waits ? (holds ? 'What will take them out' : 'What will bring them in') : 'Without any of that'}</dt>
          <dd>{asSentence(itself)}</dd>
        </>
      )}
    </dl>
  );
}

function Part({ part, condition }: { part: Explanation; condition: Condition | null }) {
  const node = condition && nodeAt(condition, part.path);
  const named = useNamed();
  const head = node && isConditionGroup(node) ? heads[node.kind] : named(part.sentence);
  return (
    <li>
      <div className={css.line}>
        <span className={css.sign} data-holds={part.holds}>
          {part.holds ? <IconCheck size={14} stroke={2.5} /> : <IconX size={14} stroke={2.5} />}
          <span className="visually-hidden">{part.holds ? 'True: ' : 'Not true: '}</span>
        </span>
        <span>
          {head.charAt(0).toUpperCase() + head.slice(1)}
          {part.seen && (
            <span className={css.seen}>
              {part.seen}
              {part.wanted && ` · wanted ${part.wanted}`}
            </span>
          )}
        </span>
      </div>
      {part.children.length > 0 && (
        <ul className={css.parts}>
          {part.children.map((c) => (
            <Part key={c.path} part={c} condition={condition} />
          ))}
        </ul>
      )}
    </li>
  );
}
