import { Button, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { Section } from '@/components/page/Page';
import type { Segment } from '@/lib/generated/api';
import { useLookAfter } from './api';
import { isDue, localDay, placeOf, reviewOf } from './words';
import css from './life.module.css';

/** What it is for, who looks after it, and by when. */
export function About({ segment }: { segment: Segment }) {
  const kept = { note: segment.note, owner: segment.owner, review_on: segment.review_on };
  const [care, setCare] = useState(kept);
  const save = useLookAfter(segment);
  const changed = care.note !== kept.note || care.owner !== kept.owner || care.review_on !== kept.review_on;
  const put = (next: typeof care) => {
    setCare(next);
    save.mutate(next);
  };
  return (
    <Section title="About" aside={isDue(segment.review_on) && <Chip tone="warn">{reviewOf(segment.review_on)}</Chip>}>
      <form
        className={css.about}
        onSubmit={(e) => {
          e.preventDefault();
          put(care);
        }}
      >
        <Textarea label="Note" autosize minRows={2} value={care.note} onChange={(e) => setCare({ ...care, note: e.currentTarget.value })} placeholder="What it is for" />
        <TextInput label="Owner" value={care.owner} onChange={(e) => setCare({ ...care, owner: e.currentTarget.value })} placeholder="Who looks after it" />
        <TextInput label="Review by" type="date" value={care.review_on} onChange={(e) => setCare({ ...care, review_on: e.currentTarget.value })} />
        <div className={css.buttons}>
          <Button type="submit" disabled={!changed} loading={save.isPending}>
            Keep
          </Button>
          {isDue(segment.review_on) && !changed && (
            <Button variant="subtle" onClick={() => put({ ...care, review_on: inThreeMonths() })}>
              Reviewed: again in 3 months
            </Button>
          )}
        </div>
      </form>
      {segment.place.group !== '' && (
        <p className={css.place}>
          It is {placeOf(segment.place)}: a person counts in the first segment of that group that fits. <Link to="/segments">See the group</Link>
        </p>
      )}
    </Section>
  );
}

function inThreeMonths(): string {
  const d = new Date();
  d.setMonth(d.getMonth() + 3);
  return localDay(d);
}
