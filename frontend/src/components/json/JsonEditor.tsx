import { lazy, Suspense } from 'react';
import { LoadingRows } from '@/components/states/Loading';

const Code = lazy(() => import('./JsonCode'));

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  readOnly?: boolean;
}

/** A field for JSON; the editor is loaded when it is first shown. */
export function JsonEditor(props: Props) {
  return (
    <Suspense fallback={<LoadingRows rows={6} />}>
      <Code {...props} />
    </Suspense>
  );
}
