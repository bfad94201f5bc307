import { Button, Popover } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { Explained } from '@/components/explained/Explained';
import { Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { Moves } from './Moves';
import css from './Page.module.css';
import { useWhy } from './api';
import type { ContactDetail } from '@/lib/generated/api';

/** The segments a person is in; pressing one says why. */
export function SegmentsOf({ person }: { person: ContactDetail }) {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <Section title="Segments" aside={person.segments.length > 0 ? 'Press one to see why' : undefined}>
      {person.segments.length === 0 && <p className={css.quiet}>In none.</p>}
      <div className={css.chips}>
        {person.segments.map((s) => (
          <Popover key={s.slug} opened={asked === s.slug} onChange={(open) => !open && setAsked(null)} position="left-start" width={440} trapFocus>
            <Popover.Target>
              <button type="button" className={css.press} onClick={() => setAsked(asked === s.slug ? null : s.slug)}>
                <Chip tone="accent">{s.name}</Chip>
              </button>
            </Popover.Target>
            <Popover.Dropdown>
              <Why person={person} segment={s.slug} />
            </Popover.Dropdown>
          </Popover>
        ))}
      </div>
      <Moves person={person.id} />
    </Section>
  );
}

function Why({ person, segment }: { person: ContactDetail; segment: string }) {
  const why = useWhy(person.id, segment);
  const navigate = useNavigate();
  return (
    <div className={css.explained}>
      {why.error && <ErrorState error={why.error} />}
      {why.isPending && <LoadingRows rows={2} />}
      {why.data && <Explained explanation={why.data.explanation} condition={why.data.condition} />}
      <Button variant="subtle" mt="xs" ml={-8} onClick={() => void navigate({ to: '/contacts', search: { segment } })}>
        Everybody in it
      </Button>
    </div>
  );
}
