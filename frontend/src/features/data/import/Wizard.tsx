import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ImportPlan } from '@/lib/generated/api';
import { usePlan } from '../api';
import { BadRows } from './BadRows';
import { Columns } from './Columns';
import { ConsentClaims } from './ConsentClaims';
import { EventName } from './EventName';
import { FormatLine } from './FormatLine';
import { OnConflict } from './OnConflict';
import { Preview } from './Preview';
import { Questions } from './Questions';
import { RunBar } from './RunBar';
import { requestOf, withKind, type Choices, type Kind } from './request';
import css from './import.module.css';

interface Props {
  choices: Choices;
  onChange: (c: Choices) => void;
}

const kinds: { value: Kind; label: string; about: string }[] = [
  { value: 'contacts', label: 'Contacts', about: 'One row for each person, known by e-mail address.' },
  { value: 'events', label: 'Events', about: 'One row for each thing that somebody did: an order, a visit, a click.' },
  { value: 'products', label: 'Products', about: 'One row for each item of your catalogue, known by its number.' },
];

/** Everything about one file, in the order in which it is decided. */
export function Wizard({ choices, onChange }: Props) {
  const seen = useRef<ImportPlan | undefined>(undefined);
  const [slow] = useDebouncedValue(choices, 250);
  const known = seen.current?.kind === slow.kind ? seen.current : undefined;
  const request = useMemo(() => ({ ...requestOf(slow, known), consent: [], on_conflict: '' }), [slow, known]);
  const plan = usePlan(request);
  if (plan.data && !plan.isPlaceholderData) seen.current = plan.data;
  const stale = plan.isPlaceholderData || slow !== choices;
  return (
    <div className={css.wizard}>
      <div className={css.body}>
        <Section title="What is in it">
          <div className={css.kinds}>
            <SegmentedControl value={choices.kind} onChange={(k) => onChange(withKind(choices, k as Kind))} data={kinds.map(({ value, label }) => ({ value, label }))} aria-label="What is in the file" />
            <span className={css.muted}>{kinds.find((k) => k.value === choices.kind)?.about}</span>
          </div>
          {choices.kind === 'events' && <EventName choices={choices} plan={plan.data} onChange={onChange} />}
          {plan.data && <FormatLine plan={plan.data} choices={choices} onChange={onChange} />}
        </Section>
        {plan.error && <ErrorState error={plan.error} title="The file could not be read" onRetry={() => void plan.refetch()} />}
        {!plan.data && !plan.error && (
          <>
            <p className={css.reading}>Reading the whole file, to see what each column holds…</p>
            <LoadingRows rows={8} label="Reading the file" />
          </>
        )}
        {plan.data && !plan.error && (
          <div data-stale={stale || undefined} className={css.found}>
            <Questions plan={plan.data} choices={choices} onChange={onChange} />
            <Columns plan={plan.data} choices={choices} onChange={onChange} />
            {plan.data.bad_count > 0 && <BadRows plan={plan.data} />}
            <Preview plan={plan.data} />
            {choices.kind === 'contacts' && <ConsentClaims choices={choices} onChange={onChange} />}
            {choices.kind !== 'events' && <OnConflict choices={choices} onChange={onChange} />}
          </div>
        )}
      </div>
      {plan.data && !plan.error && <RunBar plan={plan.data} choices={choices} ready={!stale} />}
    </div>
  );
}
