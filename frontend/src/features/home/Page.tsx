import { Page } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { fullDate } from '@/lib/format';
import { useStatus } from '@/lib/status';
import { Campaigns } from './Campaigns';
import { Facts } from './Facts';
import { NextStep } from './NextStep';
import css from './Page.module.css';
import { Quality } from './Quality';
import { Revenue } from './Revenue';
import { TopSegments } from './TopSegments';
import { useHome, useLargest, useTrade } from './api';

/** The workspace at a glance, and the one thing to do next. */
export default function HomePage() {
  const status = useStatus().data;
  const home = useHome();
  const trade = useTrade();
  const largest = useLargest();
  return (
    <Page title={status?.name ?? 'Home'} subtitle={fullDate(Date.now())}>
      {home.error && <ErrorState error={home.error} title="The overview could not be made" onRetry={() => void home.refetch()} />}
      {home.isPending && <LoadingRows rows={8} label="Adding up" />}
      {home.data && (
        <div className={css.home}>
          <NextStep step={home.data.next_step} />
          <Facts home={home.data} trade={trade.data} />
          {trade.data && <Revenue days={trade.data.revenue_by_day} />}
          <div className={css.pair}>
            {largest.data ? <TopSegments segments={largest.data} /> : home.data.contacts > 0 && <LoadingRows rows={4} label="Counting the segments" />}
            <div>
              <Campaigns campaigns={home.data.campaigns_recent} />
              <Quality findings={home.data.quality_top} />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
