import { useQuery } from '@tanstack/react-query';
import { frameURL, plainLook } from '@/components/preview/look';
import { requestOf } from '@/components/preview/usePreview';
import { Preview } from '@/lib/generated/api';
import { loadDocument, type DocumentKind } from '../api';
import { Schematic } from './Schematic';
import css from './List.module.css';

interface Props {
  kind: DocumentKind;
  slug: string;
  version: number;
  /** Whom it is shown for; 0 while there is nobody. */
  contact: number;
}

/** The head of an e-mail as somebody gets it, small; a drawing of its blocks where it cannot be composed. */
export function Thumbnail({ kind, slug, version, contact }: Props) {
  const doc = useQuery({ queryKey: ['content', kind, slug, version], queryFn: ({ signal }) => loadDocument(kind, slug, version, signal) });
  const template = doc.data?.template;
  const made = useQuery({
    queryKey: ['preview', 'thumbnail', kind, slug, version, contact],
    queryFn: ({ signal }) => Preview.compose(requestOf({ template }, contact), signal),
    enabled: contact !== 0 && template !== undefined,
    gcTime: 0,
  });
  if (!made.data || made.data.failed) return <Schematic kinds={template?.blocks.map((b) => b.kind) ?? []} pending={made.isLoading} />;
  return <iframe sandbox="" tabIndex={-1} aria-hidden title="" loading="lazy" src={frameURL(made.data.url, plainLook)} className={css.thumbnail} />;
}
