import { lazy, Suspense } from 'react';
import type { Language } from '@/components/code/languages';
import { LoadingRows } from '@/components/states/Loading';

const Compare = lazy(() => import('@/components/code/CodeCompare'));

/** Two texts side by side, line by line. */
export function CodeDiff(props: { before: string; after: string; language: Language }) {
  return (
    <Suspense fallback={<LoadingRows />}>
      <Compare {...props} />
    </Suspense>
  );
}
