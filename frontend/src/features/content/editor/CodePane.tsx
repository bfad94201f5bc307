import { lazy, Suspense, useMemo, useState } from 'react';
import type { Remark } from '@/components/code/CodeField';
import { LoadingRows } from '@/components/states/Loading';
import type { Template } from '@/lib/generated/api';
import type { Draft } from './draft';
import { readTemplate, type CodeProblem } from './code';
import css from './Editor.module.css';

const CodeField = lazy(() => import('@/components/code/CodeField'));

/** The whole template as JSON. What is no template yet stays in the field and is not taken over. */
export function CodePane({ template, edit }: { template: Template; edit: Draft['edit'] }) {
  const [text, setText] = useState(() => JSON.stringify(template, null, 2));
  const [seen, setSeen] = useState(template); // what the text says
  const [problem, setProblem] = useState<CodeProblem | null>(null);
  if (template !== seen) {
    // Undone, redone or renamed outside of the field.
    setSeen(template);
    if (JSON.stringify(template) !== JSON.stringify(readTemplate(text).template)) {
      setText(JSON.stringify(template, null, 2));
      setProblem(null);
    }
  }
  const remarks = useMemo<Remark[]>(() => (problem ? [{ from: problem.from, to: problem.to, severity: 'error', message: problem.message }] : []), [problem]);
  return (
    <div className={css.code}>
      <Suspense fallback={<LoadingRows />}>
        <CodeField
          label="The template as JSON"
          value={text}
          language="json"
          fill
          remarks={remarks}
          onChange={(next) => {
            setText(next);
            const read = readTemplate(next);
            setProblem(read.problem);
            const t = read.template;
            if (t) edit(() => t, 'code');
          }}
        />
      </Suspense>
      {problem && (
        <p className={css.codeProblem} role="alert">
          Line {problem.line}: {problem.message}. The e-mail shows what was whole last.
        </p>
      )}
    </div>
  );
}
