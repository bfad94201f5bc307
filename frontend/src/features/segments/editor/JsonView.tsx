import { useEffect, useState } from 'react';
import type { ConditionDraft } from '@/components/condition/draft';
import { readCondition, rootOf } from '@/components/condition/node';
import { JsonEditor } from '@/components/json/JsonEditor';
import css from './editor.module.css';

/** The condition as the terminal and other programs write it; edited here, it changes the rows. */
export function JsonView({ draft }: { draft: ConditionDraft }) {
  const told = JSON.stringify(draft.condition, null, 2);
  const [text, setText] = useState(told);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setText((t) => (sameJson(t, told) ? t : told));
    setProblem(null);
  }, [told]);
  const change = (next: string) => {
    setText(next);
    let read: unknown;
    try {
      read = JSON.parse(next);
    } catch (e) {
      setProblem(e instanceof Error ? e.message : 'This is not JSON.');
      return;
    }
    const condition = readCondition(read);
    if (!condition) {
      setProblem('This is JSON, but no condition: a node or one of its children has no known kind.');
      return;
    }
    setProblem(null);
    draft.edit(() => rootOf(condition), 'json');
  };
  return (
    <>
      <JsonEditor label="The condition as JSON" value={text} onChange={change} />
      <p className={problem ? css.bad : css.muted} role={problem ? 'alert' : undefined}>
        {problem ?? 'The same that the terminal reads. Edits here change the rows at once.'}
      </p>
    </>
  );
}

function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}
