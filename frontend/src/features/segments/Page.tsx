import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconChartDots3, IconGridDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useActions } from '@/lib/actions';
import { plural } from '@/lib/format';
import type { SegmentSummary } from '@/lib/generated/api';
import { NewSegment, newSlug, Starters } from './NewSegment';
import { SegmentList } from './SegmentList';
import { useSegments } from './api';
import { Groups } from './groups/Groups';
import { freshness, isDue } from './life/words';
import { Compare } from './compare/Compare';

/** All segments; with ?compare=a,b how those lie over each other. */
export default function SegmentsPage() {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const compared = (search.compare ?? '').split(',').filter(Boolean);
  return compared.length > 0 ? <Compare slugs={compared} /> : <ListPage />;
}

function ListPage() {
  const navigate = useNavigate();
  const segments = useSegments();
  const [making, setMaking] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const compare = () => void navigate({ to: '/segments', search: { compare: chosen.join(',') } });
  useActions([{ name: 'segment.new', label: 'New segment', keys: 'n', section: 'Segments', icon: IconPlus, perform: () => setMaking(true) }]);
  const list = segments.data;
  return (
    <Page
      title="Segments"
      subtitle={list ? subtitleOf(list) : ' '}
      actions={
        list &&
        list.length > 0 && (
          <>
            <Button component={Link} to="/segments/_rfm" leftSection={<IconGridDots size={15} />}>
              RFM and engagement
            </Button>
            {chosen.length > 0 && (
              <Button leftSection={<IconChartDots3 size={15} />} onClick={compare} disabled={chosen.length < 2}>
                {chosen.length < 2 ? 'Choose one more to compare' : `Compare ${chosen.length}`}
              </Button>
            )}
            <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
              New segment
            </Button>
          </>
        )
      }
    >
      {segments.error && <ErrorState error={segments.error} title="The segments could not be read" onRetry={() => void segments.refetch()} />}
      {segments.isPending && <LoadingRows rows={8} />}
      {list?.length === 0 && (
        <>
          <EmptyState
            title="No segments yet"
            drawing="sieve"
            action={
              <Button variant="filled" onClick={() => void navigate({ to: '/segments/$slug', params: { slug: newSlug } })}>
                New segment
              </Button>
            }
          >
            A segment is a named condition. Who is in it is counted as you write it. Begin with nothing, or with one of these:
          </EmptyState>
          <Starters onPick={(start) => void navigate({ to: '/segments/$slug', params: { slug: newSlug }, search: { start } })} />
        </>
      )}
      {list && list.length > 0 && <SegmentList segments={list} chosen={chosen} onChoose={setChosen} />}
      {list && <Groups segments={list} />}
      <NewSegment opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

/** "10 segments · current as of 10:42 · 2 to review": as fresh as the least fresh of those that can be answered. */
function subtitleOf(list: SegmentSummary[]): string {
  const kept = list.filter((s) => s.error === '').map((s) => s.as_of);
  const due = list.filter((s) => isDue(s.review_on)).length;
  return [plural(list.length, 'segment'), kept.length > 0 && freshness(Math.min(...kept)), due > 0 && `${due} to review`].filter(Boolean).join(' · ');
}
