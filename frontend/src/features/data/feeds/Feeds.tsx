import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconRefreshAlert, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { ErrorState } from '@/components/states/ErrorState';
import { said } from '@/components/toast/toast';
import { count, dateTime, plural, relative } from '@/lib/format';
import type { Feed } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import { useDataChanged } from '../api';
import { fetchFeed, useFeeds, useRemoveFeed } from './api';
import { FeedForm } from './FeedForm';
import css from './feeds.module.css';

/** Where products are fetched from by themselves, and how that goes. */
export function Feeds() {
  const feeds = useFeeds();
  const [edited, setEdited] = useState<Feed | 'new' | null>(null);
  return (
    <section className={css.feeds} aria-label="Feeds">
      {feeds.error && <ErrorState error={feeds.error} title="The feeds could not be read" onRetry={() => void feeds.refetch()} />}
      <ul className={css.list}>
        {feeds.data?.map((f) => (
          <Line key={f.slug} feed={f} onEdit={() => setEdited(f)} />
        ))}
      </ul>
      <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
        Add a feed
      </Button>
      <FeedForm feed={edited} onClose={() => setEdited(null)} />
    </section>
  );
}

function Line({ feed: f, onEdit }: { feed: Feed; onEdit: () => void }) {
  const changed = useDataChanged();
  const run = useRunJob((job) => {
    changed();
    if (job.state === 'done') said(`“${f.name}” is fetched.`);
  });
  const remove = useRemoveFeed();
  const [asking, setAsking] = useState(false);
  return (
    <li className={css.line}>
      <span className={css.grow}>
        <button type="button" className={css.name} onClick={onEdit}>
          {f.name}
        </button>{' '}
        <State feed={f} />
        <span className={css.small}>{course(f)}</span>
        {f.state === 'failed' && (
          <span className={css.bad} role="status">
            {f.message}
          </span>
        )}
      </span>
      <Button loading={run.running} aria-label={`Fetch ${f.name} now`} onClick={() => run.start(() => fetchFeed(f.slug, false))}>
        Fetch now
      </Button>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={`More for ${f.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<IconRefreshAlert size={15} />} onClick={() => run.start(() => fetchFeed(f.slug, true))}>
            Take it however small
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog opened={asking} onClose={() => setAsking(false)} title={`Remove the feed “${f.name}”?`} confirm="Remove" onConfirm={() => remove.mutateAsync(f.slug)}>
        Its products stay as they are, and are not fetched any more.
      </ConfirmDialog>
    </li>
  );
}

function State({ feed }: { feed: Feed }) {
  if (feed.state === 'failed') return <Chip tone="bad">Failed</Chip>;
  if (feed.state === '') return <Chip tone="plain">Not fetched yet</Chip>;
  return <Chip tone="ok">Current</Chip>;
}

/** What it holds, when it was fetched and when it will be. */
function course(f: Feed): string {
  const parts = [
    f.fetched_at > 0 && plural(f.products, 'product'),
    f.fetched_at > 0 && `fetched ${relative(f.fetched_at)}`,
    f.hours > 0 ? (f.next_at > 0 ? `next ${dateTime(f.next_at)}` : 'fetched within a minute') : 'only when asked',
    f.state !== 'failed' ? false : f.products > 0 && `the ${count(f.products)} products of before are kept`,
  ];
  return parts.filter(Boolean).join(' · ');
}
