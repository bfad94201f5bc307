import { Page } from '@/components/page/Page';
import { fullDate } from '@/lib/format';
import { useStatus } from '@/lib/status';
import { Facts } from './Facts';
import { NextStep } from './NextStep';
import css from './Page.module.css';
import { TopSegments } from './TopSegments';

/** The workspace at a glance, and the one thing to do next. */
export default function HomePage() {
  const status = useStatus().data;
  return (
    <Page title={status?.name ?? 'Home'} subtitle={fullDate(Date.now())}>
      <div className={css.home}>
        <Facts />
        <NextStep />
        <TopSegments />
      </div>
    </Page>
  );
}
