import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { asSentence, useNamed } from '@/components/condition/sentence';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { dateTime, relative } from '@/lib/format';
import type { Segment, SegmentVersion } from '@/lib/generated/api';
import { useRestore, useVersion, useVersions } from './api';
import css from './life.module.css';

const Compare = lazy(() => import('@/components/code/CodeCompare'));

/** Every saved version; one of them in words beside the newest, as JSON where wanted, and restored. */
export function Versions({ segment }: { segment: Segment }) {
  const versions = useVersions(segment.slug);
  const [picked, setPicked] = useState<number | null>(null);
  const old = useVersion(segment.slug, picked);
  const newest = useVersion(segment.slug, segment.version);
  if (versions.error) return <ErrorState error={versions.error} title="The versions could not be read" onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingRows rows={3} />;
  return (
    <div className={css.versions}>
      <ul>
        {versions.data.map((v) => (
          <li key={v.version}>
            <button type="button" className={css.version} aria-pressed={picked === v.version} onClick={() => setPicked(picked === v.version ? null : v.version)}>
              <span>
                Version {v.version}
                {v.version === segment.version && <span className={css.quiet}> newest</span>}
              </span>
              <span className={css.quiet} title={dateTime(v.at)}>
                {[relative(v.at), v.author && `by ${v.author}`, v.note].filter(Boolean).join(' · ')}
              </span>
            </button>
            {picked === v.version && old.error && <ErrorState error={old.error} />}
            {picked === v.version && old.data && newest.data && <Looked segment={segment} old={old.data} newest={newest.data} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Looked({ segment, old, newest }: { segment: Segment; old: SegmentVersion; newest: SegmentVersion }) {
  const named = useNamed();
  const [code, setCode] = useState(false);
  const restore = useRestore(segment);
  const differs = JSON.stringify(old.condition) !== JSON.stringify(newest.condition) || old.name !== newest.name;
  return (
    <div className={css.looked}>
      {old.name !== newest.name && <p className={css.quiet}>Then called “{old.name}”.</p>}
      <p>{asSentence(named(old.sentence))}</p>
      {differs && (
        <p className={css.quiet}>
          Now: {asSentence(named(newest.sentence))}
        </p>
      )}
      {old.version !== newest.version && (
        <div className={css.buttons}>
          <Button variant="subtle" onClick={() => setCode(!code)}>
            {code ? 'Hide the JSON' : 'Compare as JSON'}
          </Button>
          <Button disabled={segment.frozen_at > 0} loading={restore.isPending} onClick={() => restore.mutate(old.version)}>
            Restore version {old.version}
          </Button>
        </div>
      )}
      {code && (
        <Suspense fallback={<LoadingRows rows={3} />}>
          <Compare before={JSON.stringify(old.condition, null, 2)} after={JSON.stringify(newest.condition, null, 2)} language="json" />
        </Suspense>
      )}
    </div>
  );
}
