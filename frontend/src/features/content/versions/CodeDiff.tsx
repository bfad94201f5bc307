import { lazy, Suspense } from 'react';
import { LoadingRows } from '@/components/states/Loading';

const Compare = lazy(() => import('@/components/code/CodeCompare'));

/** Two versions as JSON, line by line. */
export function CodeDiff(props: { before: string; after: string }) {
  return (
    <Suspense fallback={<LoadingRows />}>
      <Compare {...props} language="json" />
    </Suspense>
  );
}
