import { Button, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { plainLook } from '@/components/preview/look';
import { PreviewDesk } from '@/components/preview/PreviewDesk';
import { usePreview } from '@/components/preview/usePreview';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { failed, said } from '@/components/toast/toast';
import { dateTime, relative } from '@/lib/format';
import type { ContactHit } from '@/lib/generated/api';
import { loadDocument, restoreDocument, useContentChanged, useDiff, useDocument, useVersions, type ContentDocument } from '../api';
import { Changes } from './Changes';
import { CodeDiff } from './CodeDiff';
import { RenderedDiff } from './RenderedDiff';
import css from './Versions.module.css';

interface Props {
  doc: ContentDocument;
  newest: number;
  contact: ContactHit | null;
  onRestored: (d: ContentDocument) => void;
}

/** Every saved version, each side by side with the newest, for the same person. */
export function Versions({ doc, newest, contact, onRestored }: Props) {
  const versions = useVersions(doc.kind, doc.slug);
  const [picked, setPicked] = useState<number | null>(null);
  const [view, setView] = useState<'mail' | 'text' | 'code'>('mail');
  const old = picked ?? versions.data?.[1]?.version ?? newest;
  const changed = useContentChanged();
  const restore = useMutation({
    mutationFn: async () => {
      await restoreDocument(doc.kind, doc.slug, old);
      await changed();
      return loadDocument(doc.kind, doc.slug, 0);
    },
    onSuccess: (d) => {
      said(`Version ${old} is the newest again, as version ${d.version}`);
      onRestored(d);
    },
    onError: (e) => failed(e, 'It was not restored'),
  });
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  return (
    <div className={css.versions}>
      <nav className={css.list} aria-label="Versions">
        {!versions.data && <LoadingRows rows={4} />}
        {versions.data?.map((v) => (
          <button key={v.version} type="button" className={css.version} aria-current={v.version === old} onClick={() => setPicked(v.version)}>
            <span className={css.number}>
              Version {v.version}
              {v.version === newest && <span className={css.about}> newest</span>}
            </span>
            <span className={css.about} title={dateTime(v.at)}>
              {relative(v.at)}
              {v.author && ` by ${v.author}`}
            </span>
            {v.note && <span className={css.note}>{v.note}</span>}
          </button>
        ))}
      </nav>
      <div className={css.compare}>
        <div className={css.bar}>
          <SegmentedControl
            aria-label="What is compared"
            value={view}
            onChange={(v) => setView(v as typeof view)}
            data={[
              { value: 'mail', label: 'E-mail' },
              { value: 'text', label: 'Text' },
              { value: 'code', label: 'Code' },
            ]}
          />
          <span className={css.push} />
          <Button disabled={old === newest} loading={restore.isPending} onClick={() => restore.mutate()}>
            Restore version {old}
          </Button>
        </div>
        {view === 'code' ? (
          <Code doc={doc} from={old} to={newest} />
        ) : view === 'text' ? (
          <RenderedDiff doc={doc} from={old} to={newest} contact={contact} />
        ) : (
          <div className={css.sides}>
            <Side doc={doc} version={old} contact={contact} />
            {old !== newest && <Side doc={doc} version={newest} contact={contact} />}
          </div>
        )}
      </div>
      {old !== newest && <What doc={doc} from={old} to={newest} />}
    </div>
  );
}

function Side({ doc, version, contact }: { doc: ContentDocument; version: number; contact: ContactHit | null }) {
  const saved = useDocument(doc.kind, doc.slug, version);
  const template = saved.data?.template;
  const looked = useMemo(() => (template ? { template } : null), [template]);
  const preview = usePreview(looked, contact?.id ?? 0);
  return (
    <section className={css.side} aria-label={`Version ${version}`}>
      <h2>Version {version}</h2>
      <PreviewDesk preview={saved.error ? { ...preview, error: saved.error } : preview} look={plainLook} envelope={doc.kind === 'template'} />
    </section>
  );
}

function What({ doc, from, to }: { doc: ContentDocument; from: number; to: number }) {
  const diff = useDiff(doc.kind, doc.slug, from, to);
  return (
    <aside className={css.what} aria-label="What changed">
      <h2>
        From version {from} to {to}
      </h2>
      {diff.error ? <ErrorState error={diff.error} /> : diff.data ? <Changes changes={diff.data} /> : <LoadingRows rows={3} />}
    </aside>
  );
}

function Code({ doc, from, to }: { doc: ContentDocument; from: number; to: number }) {
  const a = useDocument(doc.kind, doc.slug, from).data;
  const b = useDocument(doc.kind, doc.slug, to).data;
  if (!a || !b) return <LoadingRows />;
  return <CodeDiff before={JSON.stringify(a.template, null, 2)} after={JSON.stringify(b.template, null, 2)} language="json" />;
}
