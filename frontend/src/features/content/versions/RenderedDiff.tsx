import { useMemo } from 'react';
import { nameOf } from '@/components/contact-picker/ContactPicker';
import { usePreview } from '@/components/preview/usePreview';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ContactHit, PreviewResult } from '@/lib/generated/api';
import { useDocument, type ContentDocument } from '../api';
import { CodeDiff } from './CodeDiff';
import css from './Versions.module.css';

interface Props {
  doc: ContentDocument;
  from: number;
  to: number;
  contact: ContactHit | null;
}

/** What a person reads in two versions, line by line: subject, preheader and the text of the e-mail. */
export function RenderedDiff({ doc, from, to, contact }: Props) {
  const before = useRendered(doc, from, contact);
  const after = useRendered(doc, to, contact);
  const error = before.error ?? after.error;
  if (error) return <ErrorState error={error} title="One of them could not be rendered" />;
  if (!before.result || !after.result) return <LoadingRows />;
  return (
    <>
      <p className={css.about}>What {nameOf(contact)} reads.</p>
      <CodeDiff before={read(before.result)} after={read(after.result)} language="text" />
    </>
  );
}

function useRendered(doc: ContentDocument, version: number, contact: ContactHit | null) {
  const saved = useDocument(doc.kind, doc.slug, version);
  const template = saved.data?.template;
  const looked = useMemo(() => (template ? { template } : null), [template]);
  const preview = usePreview(looked, contact?.id ?? 0);
  return { result: preview.result, error: saved.error ?? preview.error };
}

function read(r: PreviewResult): string {
  if (r.failed) return r.problem?.message ?? 'This person gets no e-mail.';
  return [r.subject, r.preheader, r.text].filter((part) => part !== '').join('\n\n');
}
