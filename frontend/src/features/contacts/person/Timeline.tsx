import { Button } from '@mantine/core';
import { IconArrowBackUp, IconEye, IconMail, IconMessage, IconPointFilled, IconShoppingBag, IconShoppingCart } from '@tabler/icons-react';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, fullDate, money, relative, time } from '@/lib/format';
import { useCurrency } from '@/lib/status';
import { humanize } from '@/lib/value';
import css from './Page.module.css';
import { useTimeline } from './api';
import { byDay, sentenceOfAll, together, type Sentence } from './sentence';
import type { ContactDetail, TimelineEvent } from '@/lib/generated/api';

const signs: Record<Sentence['kind'], typeof IconEye> = {
  order: IconShoppingBag, back: IconArrowBackUp, cart: IconShoppingCart, look: IconEye, mail: IconMail, word: IconMessage, other: IconPointFilled,
};

/** What a person did, day by day, in sentences. */
export function Timeline({ person }: { person: ContactDetail }) {
  const timeline = useTimeline(person.id);
  const currency = useCurrency();
  const events = timeline.data?.pages.flat() ?? [];
  if (timeline.error) return <ErrorState error={timeline.error} title="The timeline could not be read" onRetry={() => void timeline.refetch()} />;
  if (timeline.isPending) return <LoadingRows rows={10} label="Reading the timeline" />;
  if (events.length === 0) {
    return (
      <EmptyState title="Nothing happened yet" drawing="bars">
        Orders, visits and opened e-mails show here when they are imported.
      </EmptyState>
    );
  }
  return (
    <>
      <Facts person={person} currency={currency} />
      {byDay(events, fullDate).map(({ day, events: happenings }) => (
        <section key={day} className={css.day} aria-label={day}>
          <h2>{day}</h2>
          {together(happenings).map(({ first, all }) => (
            <Happening key={first.id} events={all} currency={currency} />
          ))}
        </section>
      ))}
      {timeline.hasNextPage && (
        <Button onClick={() => void timeline.fetchNextPage()} loading={timeline.isFetchingNextPage}>
          Show earlier
        </Button>
      )}
    </>
  );
}

function Happening({ events, currency }: { events: TimelineEvent[]; currency: string }) {
  const s = sentenceOfAll(
    events.map((e) => ({ event: e.event, value: textOf(e.value), properties: (e.properties ?? {}) as Record<string, unknown> })),
    currency,
  );
  const Sign = signs[s.kind];
  return (
    <div className={css.happening} data-kind={s.kind}>
      <span className={css.at}>{time(events[0]?.at ?? 0)}</span>
      <Sign size={16} stroke={1.6} aria-hidden="true" />
      <span>
        {s.text} {s.details.length > 0 && <span className={css.details}>{s.details.join(' · ')}</span>}
      </span>
      <span className={css.amount}>{s.amount}</span>
    </div>
  );
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function Facts({ person, currency }: { person: ContactDetail; currency: string }) {
  const top = [...person.event_counts].sort((a, b) => b.count - a.count).slice(0, 3);
  return (
    <dl className={css.facts}>
      {Number(person.value_total) > 0 && (
        <div className={css.fact}>
          <dt>Spent</dt>
          <dd>{money(person.value_total, currency)}</dd>
        </div>
      )}
      <div className={css.fact}>
        <dt>Last seen</dt>
        <dd>{relative(Math.max(...person.event_counts.map((e) => e.last_at)))}</dd>
      </div>
      {top.map((e) => (
        <div key={e.event} className={css.fact}>
          <dt>{humanize(e.event)}</dt>
          <dd>{count(e.count)}</dd>
        </div>
      ))}
    </dl>
  );
}
