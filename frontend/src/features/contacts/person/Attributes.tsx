import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '@/components/page/Page';
import { plural } from '@/lib/format';
import { AttributeRow } from './AttributeRow';
import css from './Page.module.css';
import type { ContactDetail } from '@/lib/generated/api';

/** What people look for first; the rest follows as the program orders it. */
const foremost = ['first_name', 'last_name', 'birthday', 'phone', 'city', 'postal_code', 'country'];

/** What is known of a person; press a value to change it. */
export function Attributes({ person }: { person: ContactDetail }) {
  const [all, setAll] = useState(false);
  const ordered = [...person.attributes].sort((a, b) => placeOf(a.name) - placeOf(b.name));
  const filled = ordered.filter((a) => a.value !== null && a.value !== '');
  const empty = person.attributes.length - filled.length;
  return (
    <Section title="Details">
      <div className={css.rows}>
        {(all ? ordered : filled).map((a) => (
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

function placeOf(name: string): number {
  const i = foremost.indexOf(name);
  return i < 0 ? foremost.length : i;
}
