import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Page, Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { date, plural } from '@/lib/format';
import type { SegmentHistory } from '@/lib/generated/api';
import { About } from './About';
import { useHistory } from './api';
import { Changes } from './Changes';
import { FreezeButton } from './FreezeButton';
import { SizeChart } from './SizeChart';
import { Versions } from './Versions';
import { freshness, movedSince } from './words';
import css from './life.module.css';

/** A segment over time: its size, who joined and left, its versions, and who looks after it. */
export default function LifePage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  const history = useHistory(slug);
  if (history.data) return <Life history={history.data} />;
  return (
    <Page title="Segment" back={{ to: '/segments', label: 'Segments' }}>
      {history.error ? <ErrorState error={history.error} title="This segment could not be opened" onRetry={() => void history.refetch()} /> : <LoadingRows rows={6} />}
    </Page>
  );
}

function Life({ history: h }: { history: SegmentHistory }) {
  const s = h.segment;
  const frozen = s.frozen_at > 0;
  return (
    <Page
      title={s.name}
      subtitle={`${plural(h.size, 'person', 'people')} · ${frozen ? `fixed list since ${date(s.frozen_at)}` : freshness(h.as_of)}`}
      back={{ to: '/segments', label: 'Segments' }}
      actions={
        <>
          <FreezeButton segment={s} size={h.size} />
          <Button component={Link} to={`/segments/${s.slug}`}>
            Who is in it
          </Button>
        </>
      }
    >
      {h.error !== '' && <ErrorState error={new Error(h.error)} title="It cannot be answered now" />}
      <div className={css.columns}>
        <div>
          <Section title="Size over time" aside={movedSince(h.days)}>
            <SizeChart days={h.days} name={s.name} />
          </Section>
          <Section title="Who joined and left">
            <Changes changes={h.changes} />
          </Section>
        </div>
        <div>
          <About key={`${s.slug} ${s.note} ${s.owner} ${s.review_on}`} segment={s} />
          <Section title="Versions">
            <Versions segment={s} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
