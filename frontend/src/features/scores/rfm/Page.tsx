import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLeaveGuard } from '@/components/save/useLeaveGuard';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, date, plural } from '@/lib/format';
import type { RFM, RFMMap, ScoreModel } from '@/lib/generated/api';
import { useModel, useReload, useRFM, useSave } from '../api';
import { SaveBar } from '../SaveBar';
import { ScoresPage } from '../ScoresPage';
import { Drawing } from './Drawing';
import { Settings } from './Settings';
import { worth } from './map';
import css from './rfm.module.css';

/** Who bought lately and often, as a map of regions, each a segment away. */
export default function RFMPage() {
  const known = useModel();
  if (!known.data) {
    return (
      <ScoresPage at="/segments/_rfm">
        {known.error ? <ErrorState error={known.error} title="The scores could not be read" onRetry={() => void known.refetch()} /> : <LoadingRows rows={10} />}
      </ScoresPage>
    );
  }
  return <Known known={known.data} key={known.data.model.version} />;
}

/** How long typing rests before the map is drawn anew. */
const pause = 150;

function Known({ known }: { known: ScoreModel }) {
  const saved = known.model.rfm;
  const [model, setModel] = useState<RFM>(saved);
  const [asked] = useDebouncedValue(model, pause);
  const [open, setOpen] = useState(false);
  const map = useRFM(asked);
  const save = useSave();
  const reload = useReload();
  const revert = () => {
    setModel(saved);
    save.reset();
    reload();
  };
  const draft = JSON.stringify(model) !== JSON.stringify(saved);
  const guard = useLeaveGuard(() => draft && !save.isPending, 'How RFM is made');
  return (
    <ScoresPage
      at="/segments/_rfm"
      subtitle={map.data && subtitleOf(map.data)}
      actions={
        draft ? (
          <SaveBar saving={save.isPending} error={save.error} onRevert={revert} onSave={() => save.mutate({ ...known.model, rfm: model })} />
        ) : (
          <Button onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? 'Hide how it is made' : 'How it is made'}
          </Button>
        )
      }
    >
      {guard}
      <div className={css.page}>
        {open && <Settings model={model} known={known} onChange={setModel} />}
        {map.error && <ErrorState error={map.error} title="The map could not be drawn" onRetry={() => void map.refetch()} />}
        {map.isPending && <LoadingRows rows={10} />}
        {map.data && !map.error && (map.data.people === 0 ? <Nobody model={asked} known={known} onChange={() => setOpen(true)} /> : <Drawing map={map.data} draft={draft} />)}
      </div>
    </ScoresPage>
  );
}

function subtitleOf(map: RFMMap): string {
  return `${count(map.people)} of ${plural(map.total, 'contact')} have scores · ${date(map.from)} to ${date(map.to)} · ${worth(map, map.revenue)}`;
}

function Nobody({ model, known, onChange }: { model: RFM; known: ScoreModel; onChange: () => void }) {
  const has = known.events.some((e) => e.name === model.event && e.count > 0);
  if (has) {
    return (
      <EmptyState title={`Nobody bought in the last ${plural(model.days, 'day')}`} drawing="sieve" action={<Button onClick={onChange}>Change the period</Button>}>
        The map is drawn of the people who did something in the period.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="The map is drawn of orders"
      drawing="sieve"
      action={
        <Button variant="filled" component={Link} to="/data/import">
          Import orders
        </Button>
      }
    >
      Import them as events with the address, the time and the amount. Then everybody has a score for how lately, how often and for how much they bought.
    </EmptyState>
  );
}
