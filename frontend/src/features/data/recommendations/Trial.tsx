import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { ContactPicker } from '@/components/contact-picker/ContactPicker';
import { messageOf } from '@/lib/bridge';
import { money } from '@/lib/format';
import type { ContactHit, Json } from '@/lib/generated/api';
import { useCurrency } from '@/lib/status';
import { usePicks } from './api';
import css from './recommendations.module.css';

/** What one person would get, and why, while the way is being made. */
export function Trial({ body }: { body: Json }) {
  const [person, setPerson] = useState<ContactHit | null>(null);
  const [text] = useDebouncedValue(JSON.stringify(body), 200);
  const picks = usePicks(person?.id, JSON.parse(text) as Json, 6);
  const currency = useCurrency();
  return (
    <section className={css.trial} aria-label="Try it">
      <div className={css.row}>
        <span>For</span>
        <ContactPicker label="Try it for" value={person} onChange={setPerson} />
      </div>
      {picks.error && <p className={css.error}>{messageOf(picks.error)}</p>}
      {picks.data?.length === 0 && <p className={css.small}>Nothing fits; the block’s fallback would be shown.</p>}
      {picks.data && picks.data.length > 0 && (
        <ol className={css.picks}>
          {picks.data.map((p) => (
            <li key={p.sku}>
              <span className={css.grow}>{p.title}</span>
              <span className={css.small}>{p.reason}</span>
              <span className={css.price}>{p.price && money(p.price, currency)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
