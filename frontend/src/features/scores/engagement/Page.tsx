import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLeaveGuard } from '@/components/save/useLeaveGuard';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, decimal, plural, share } from '@/lib/format';
import type { Engagement, EngagementMap, ScoreModel } from '@/lib/generated/api';
import { useEngagement, useModel, useReload, useSave } from '../api';
import { SaveBar } from '../SaveBar';
import { ScoresPage } from '../ScoresPage';
import { Distribution } from './Distribution';
import { Samples } from './Samples';
import { Weights } from './Weights';
import { formula } from './words';
import css from './engagement.module.css';

/** How much everybody has done lately, as one number, and how it is made. */
export default function EngagementPage() {
  const known = useModel();
  if (!known.data) {
    return (
      <ScoresPage at="/segments/_engagement">
        {known.error ? <ErrorState error={known.error} title="The scores could not be read" onRetry={() => void known.refetch()} /> : <LoadingRows rows={10} />}
      </ScoresPage>
    );
  }
  if (known.data.events.length === 0) return <Nothing />;
  return <Known known={known.data} key={known.data.model.version} />;
}

/** How long typing rests before the picture is drawn anew. */
const pause = 150;

function Known({ known }: { known: ScoreModel }) {
  const saved = known.model.engagement;
  const [model, setModel] = useState<Engagement>(saved);
  const [asked] = useDebouncedValue(model, pause);
  const map = useEngagement(asked);
  const save = useSave();
  const reload = useReload();
  const revert = () => {
    setModel(saved);
    save.reset();
    reload();
  };
  const draft = JSON.stringify(model) !== JSON.stringify(saved);
  const guard = useLeaveGuard(() => draft && !save.isPending, 'How engagement is made');
  return (
    <ScoresPage
      at="/segments/_engagement"
      subtitle={map.data && subtitleOf(map.data)}
      actions={draft && <SaveBar saving={save.isPending} error={save.error} onRevert={revert} onSave={() => save.mutate({ ...known.model, engagement: model })} />}
    >
      {guard}
      <div className={css.page}>
        <section className={css.made} aria-label="How it is made">
          {formula(model).map((line) => (
            <code key={line} className={css.formula}>
              {line}
            </code>
          ))}
          <Weights model={model} known={known} onChange={setModel} />
        </section>
        <div className={css.shown} data-stale={map.isPlaceholderData || undefined}>
          {map.error && <ErrorState error={map.error} title="The scores could not be worked out" onRetry={() => void map.refetch()} />}
          {map.isPending && <LoadingRows rows={8} />}
          {map.data && !map.error && <Distribution map={map.data} />}
          {map.data && !map.error && <Samples samples={map.data.samples} model={asked} />}
        </div>
      </div>
    </ScoresPage>
  );
}

function subtitleOf(map: EngagementMap): string {
  const active = map.total - map.zero;
  return active === 0 ? `Nobody of ${plural(map.total, 'contact')} did anything that counts` : `${count(active)} of ${plural(map.total, 'contact')} above 0 (${share(active, map.total)}) · their median is ${decimal(map.median)}`;
}

function Nothing() {
  return (
    <ScoresPage at="/segments/_engagement">
      <EmptyState
        title="The score is made of what people do"
        drawing="sieve"
        action={
          <Button variant="filled" component={Link} to="/data/import">
            Import events
          </Button>
        }
      >
        Import opened e-mails, clicks, visits or orders as events. Each counts for what it is worth, the older the less.
      </EmptyState>
    </ScoresPage>
  );
}
