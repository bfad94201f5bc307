import { Button, MultiSelect } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Condition } from '@/components/condition/node';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { Toolbar } from '@/components/toolbar/Toolbar';
import { plural } from '@/lib/format';
import type { Overlap, OverlapPart } from '@/lib/generated/api';
import { useOverlap, useSample, useSegments } from '../api';
import { Person } from '../editor/People';
import people from '../editor/editor.module.css';
import { newSlug } from '../NewSegment';
import { partSentence, UpSet } from './UpSet';
import css from './compare.module.css';

/** How segments lie over each other, and who is in each part. */
export function Compare({ slugs }: { slugs: string[] }) {
  const navigate = useNavigate();
  const all = useSegments();
  const overlap = useOverlap(slugs);
  const [picked, setPicked] = useState<OverlapPart | null>(null);
  const choose = (next: string[]) => {
    setPicked(null);
    void navigate({ to: '/segments', search: { compare: next.join(',') }, replace: true });
  };
  const parts = (overlap.data?.parts ?? []).filter((p) => p.in.length > 0 && p.count > 0);
  const part = picked ?? parts.filter((p) => p.in.length > 1).toSorted((a, b) => b.count - a.count)[0] ?? parts[0] ?? null;
  return (
    <Page
      title="Compare segments"
      back={{ to: '/segments', label: 'Segments' }}
      toolbar={
        <Toolbar>
          <MultiSelect aria-label="Segments to compare" size="xs" maxValues={12} data={(all.data ?? []).map((s) => ({ value: s.slug, label: s.name }))} value={slugs} onChange={choose} searchable w="100%" hidePickedOptions classNames={{ pill: css.pill }} />
        </Toolbar>
      }
    >
      {overlap.error && <ErrorState error={overlap.error} title="The segments could not be compared" onRetry={() => void overlap.refetch()} />}
      {overlap.isPending && <LoadingRows rows={8} />}
      {overlap.data && parts.length === 0 && <EmptyState title="Nobody is in any of them" drawing="sieve" />}
      {overlap.data && parts.length > 0 && (
        <div className={css.compare}>
          <UpSet overlap={overlap.data} picked={part} onPick={setPicked} />
          {part && <PartPeople overlap={overlap.data} part={part} />}
        </div>
      )}
    </Page>
  );
}

function PartPeople({ overlap, part }: { overlap: Overlap; part: OverlapPart }) {
  const condition = conditionOfPart(overlap, part);
  const sample = useSample(condition, 10, true);
  return (
    <aside className={css.people} aria-label="People of the chosen part">
      <h2>{plural(part.count, 'person', 'people')}</h2>
      <p className={people.muted}>{partSentence(overlap, part)}</p>
      <ul className={people.people} data-stale={sample.isPlaceholderData || undefined}>
        {(sample.data ?? []).map((p) => (
          <Person key={p.id} person={p} />
        ))}
      </ul>
      <div className={css.buttons}>
        <Button component={Link} to={`/contacts?condition=${encodeURIComponent(JSON.stringify(condition))}`}>
          See all
        </Button>
        <Button component={Link} to={`/segments/${newSlug}?condition=${encodeURIComponent(JSON.stringify(condition))}`}>
          Make a segment of them
        </Button>
      </div>
    </aside>
  );
}

/** Who is in exactly these of the compared segments. */
export function conditionOfPart(overlap: Overlap, part: OverlapPart): Condition {
  const member = (segment: string): Condition => ({ kind: 'segment', segment, op: 'in' });
  const others = overlap.sets.map((s) => s.slug).filter((s) => !part.in.includes(s));
  return { kind: 'all', children: [...part.in.map(member), ...(others.length > 0 ? [{ kind: 'none' as const, children: others.map(member) }] : [])] };
}
