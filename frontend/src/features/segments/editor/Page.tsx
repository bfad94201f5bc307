import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Condition } from '@/components/condition/node';
import { readCondition } from '@/components/condition/node';
import { useVocabulary } from '@/components/condition/vocabulary';
import { Page } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { newSlug } from '../NewSegment';
import { conditionOf, noPlace, useSegment } from '../api';
import { startersFrom } from '../starters';
import { Editor, type Opened } from './Editor';

/** A segment's own page; of a new one with ?start=KEY or ?condition=JSON to begin with. */
export default function SegmentPage() {
  const params = useParams({ strict: false }) as { slug?: string };
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const slug = params.slug === newSlug || params.slug === undefined ? null : params.slug;
  return slug === null ? <NewPage key={search.start ?? search.condition ?? ''} start={search.start} condition={search.condition} /> : <OpenedPage key={slug} slug={slug} />;
}

function OpenedPage({ slug }: { slug: string }) {
  const segment = useSegment(slug);
  if (segment.data && !segment.isFetching) {
    try {
      const condition = conditionOf(segment.data);
      return <Editor opened={{ ...segment.data, condition }} onReload={() => void segment.refetch()} key={segment.data.version} />;
    } catch (error) {
      return <Waiting error={error} />;
    }
  }
  return <Waiting error={segment.error} onRetry={() => void segment.refetch()} />;
}

function NewPage({ start, condition }: { start: string | undefined; condition: string | undefined }) {
  const vocabulary = useVocabulary();
  const navigate = useNavigate();
  if (!vocabulary.data) return <Waiting error={vocabulary.error} onRetry={() => void vocabulary.refetch()} />;
  const starter = startersFrom(vocabulary.data).find((s) => s.key === start);
  const fresh: Opened = {
    slug: '',
    name: starter?.name ?? '',
    note: starter?.about ?? '',
    condition: starter?.condition ?? given(condition) ?? { kind: 'everyone' },
    version: 0,
    updated_at: 0,
    owner: '',
    review_on: '',
    frozen_at: 0,
    place: noPlace,
  };
  return <Editor opened={fresh} onReload={() => void navigate({ to: '/segments' })} />;
}

function given(text: string | undefined): Condition | null {
  if (text === undefined) return null;
  try {
    return readCondition(JSON.parse(text));
  } catch {
    return null; // an address that was cut short
  }
}

function Waiting({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <Page title="Segment" back={{ to: '/segments', label: 'Segments' }}>
      {error ? <ErrorState error={error} title="This segment could not be opened" onRetry={onRetry} /> : <LoadingRows rows={6} />}
    </Page>
  );
}
