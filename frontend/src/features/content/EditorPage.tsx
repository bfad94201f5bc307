import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useDocument, type ContentDocument, type DocumentKind } from './api';
import { Editor } from './editor/Editor';

/** Opens a document to edit. What is edited is what was read first: a newer version elsewhere is told when saving. */
export function Editing({ kind, slug }: { kind: DocumentKind; slug: string }) {
  const doc = useDocument(kind, slug);
  const [start, setStart] = useState<ContentDocument | null>(null);
  if (start === null && doc.data && !doc.isFetching) setStart(doc.data);
  if (start) return <Editor start={start} />;
  return (
    <Page title={slug} back={{ to: '/content', label: 'Content' }}>
      {doc.isError ? <ErrorState error={doc.error} title="It could not be opened" onRetry={() => void doc.refetch()} /> : <LoadingRows />}
    </Page>
  );
}
