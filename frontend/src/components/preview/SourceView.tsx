import { lazy, Suspense } from 'react';
import { LoadingRows } from '@/components/states/Loading';
import css from './Preview.module.css';

const CodeField = lazy(() => import('@/components/code/CodeField'));

/** The HTML of a message as it is sent, to read and to copy. */
export function SourceView({ html }: { html: string }) {
  return (
    <div className={css.source}>
      <Suspense fallback={<LoadingRows />}>
        <CodeField label="HTML of the message" value={html} language="html" readOnly fill />
      </Suspense>
    </div>
  );
}
