import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import type { SegmentSummary } from '@/lib/generated/api';
import { useGroups } from './api';
import { Ladder } from './Ladder';
import { NewGroup } from './NewGroup';
import css from './groups.module.css';

/** The exclusive groups of segments. */
export function Groups({ segments }: { segments: SegmentSummary[] }) {
  const groups = useGroups();
  const [making, setMaking] = useState(false);
  const free = segments.filter((s) => s.place.group === '');
  if (segments.length < 2) return null;
  return (
    <div className={css.groups}>
      <Section
        title="Exclusive groups"
        aside={
          <Button variant="subtle" leftSection={<IconPlus size={14} />} disabled={free.length < 2} onClick={() => setMaking(true)}>
            New group
          </Button>
        }
      >
        {groups.error && <ErrorState error={groups.error} title="The groups could not be read" onRetry={() => void groups.refetch()} />}
        {groups.data?.length === 0 && <p className={css.quiet}>Put segments into a group and no two of them share anybody: each person counts in the first that fits, so campaigns to them never meet.</p>}
        {groups.data?.map((g) => (
          <Ladder key={g.slug} group={g} free={free} />
        ))}
      </Section>
      {making && <NewGroup free={free} onClose={() => setMaking(false)} />}
    </div>
  );
}
