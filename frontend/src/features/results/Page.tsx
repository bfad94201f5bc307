import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { plural } from '@/lib/format';
import { useRuns, useTemplateNames } from './api';
import css from './results.module.css';
import { Runs } from './Runs';
import { RunTable } from './RunTable';
import { Totals } from './Totals';

/** What became of everything that was sent. */
export default function ResultsPage() {
  const runs = useRuns();
  const nameOf = useTemplateNames();
  const [view, setView] = useState('bars');
  const list = runs.data?.filter((r) => r.total > 0 || r.excluded.length > 0);
  return (
    <Page
      title="Results"
      subtitle={list && list.length > 0 ? plural(list.length, 'run') : ' '}
      actions={
        list && list.length > 0 && (
          <SegmentedControl
            aria-label="How it is shown"
            value={view}
            onChange={setView}
            data={[
              { value: 'bars', label: 'Bars' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )
      }
    >
      {runs.error && <ErrorState error={runs.error} title="The results could not be read" onRetry={() => void runs.refetch()} />}
      {runs.isPending && <LoadingRows />}
      {list?.length === 0 && (
        <EmptyState
          title="No results yet"
          drawing="bars"
          action={
            <Button component={Link} to="/campaigns" variant="filled">
              Go to campaigns
            </Button>
          }
        >
          When a campaign is sent, what the provider took, what it refused and who was left out shows here.
        </EmptyState>
      )}
      {list && list.length > 0 && (
        <>
          <Totals runs={list} />
          <div className={css.body}>{view === 'bars' ? <Runs runs={list} nameOf={nameOf} /> : <RunTable runs={list} nameOf={nameOf} />}</div>
        </>
      )}
    </Page>
  );
}
