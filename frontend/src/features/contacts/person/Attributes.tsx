import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '@/components/page/Page';
import { plural } from '@/lib/format';
import { AttributeRow } from './AttributeRow';
import css from './Page.module.css';
import type { ContactDetail } from '@/lib/generated/api';

/** What is known of a person; press a value to change it. */
export function Attributes({ person }: { person: ContactDetail }) {
  const [all, setAll] = useState(false);
  const filled = person.attributes.filter((a) => a.value !== null && a.value !== '');
  const empty = person.attributes.length - filled.length;
  return (
    <Section title="Details">
      <div className={css.rows}>
        {(all ? person.attributes : filled).map((a) => (
          <AttributeRow key={a.name} person={person} attribute={a} />
        ))}
      </div>
      {empty > 0 && (
        <Button variant="subtle" color="gray" ml={-8} onClick={() => setAll(!all)}>
          {all ? 'Hide what is empty' : `Show ${plural(empty, 'empty one')}`}
        </Button>
      )}
    </Section>
  );
}
