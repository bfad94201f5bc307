import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { said } from '@/components/toast/toast';
import { count, plural } from '@/lib/format';
import type { SegmentGroup, SegmentSummary } from '@/lib/generated/api';
import { usePutGroup, useRemoveGroup } from './api';
import { moved } from './order';
import { Rung, type Direction } from './Rung';
import css from './groups.module.css';

interface Props {
  group: SegmentGroup;
  /** Segments that are in no group: what can be added. */
  free: SegmentSummary[];
}

/** An exclusive group: its segments in order, each with who counts in it; the counts add up. */
export function Ladder({ group, free }: Props) {
  const put = usePutGroup();
  const remove = useRemoveGroup();
  const [dragged, setDragged] = useState<number | null>(null);
  const [held, setHeld] = useState<{ slug: string; by: Direction } | null>(null);
  const now = group.rungs.map((r) => r.slug);
  const save = (segments: string[], says: string) =>
    put.mutate(
      { slug: group.slug, name: group.name, segments, base_version: group.version },
      { onSuccess: (saved) => said(says, () => put.mutate({ slug: group.slug, name: group.name, segments: now, base_version: saved.version })) },
    );
  const move = (from: number, to: number, by?: Direction) => {
    const name = group.rungs[from]?.name ?? '';
    setHeld(by ? { slug: now[from] ?? '', by } : null);
    if (to >= 0 && to < now.length && to !== from) save(moved(now, from, to), `“${name}” counts as number ${to + 1} now.`);
  };
  const most = Math.max(1, ...group.rungs.map((r) => r.fits));
  return (
    <section className={css.group} aria-label={group.name}>
      <header className={css.head}>
        <h3>{group.name}</h3>
        <span className={css.quiet}>a person counts in the first that fits</span>
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconPlus size={14} />} disabled={free.length === 0} className={css.push}>
              Segment
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={css.menu}>
            {free.map((s) => (
              <Menu.Item key={s.slug} onClick={() => save([...now, s.slug], `“${s.name}” counts last in “${group.name}”.`)}>
                {s.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon size={28} aria-label={`More about ${group.name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => remove.mutate(group)}>Remove the group</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {group.error !== '' && <p className={css.bad}>{group.error}</p>}
      <ol className={css.rungs} data-busy={put.isPending || undefined}>
        {group.rungs.map((r, i) => (
          <Rung
            key={r.slug}
            rung={r}
            place={i}
            last={group.rungs.length - 1}
            most={most}
            dragged={dragged !== null && dragged === i}
            held={held?.slug === r.slug ? held.by : null}
            onMove={(to, by) => move(i, to, by)}
            onDrag={() => setDragged(i)}
            onDrop={() => {
              if (dragged !== null) move(dragged, i);
              setDragged(null);
            }}
            onTakeOut={group.rungs.length > 2 ? () => save(now.filter((s) => s !== r.slug), `“${r.name}” is in no group now.`) : undefined}
          />
        ))}
      </ol>
      <p className={css.sum}>
        <strong>{count(group.count)}</strong> in the group, <span className={css.quiet}>{plural(group.total - group.count, 'person', 'people')} in none of them</span>
      </p>
    </section>
  );
}
