import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { nameOf } from '@/components/contact-picker/ContactPicker';
import { count, plural } from '@/lib/format';
import type { ContactHit, Specimen } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';

interface Props {
  specimens: Specimen[];
  /** People of ways that are not listed, since there are too many. */
  others: number;
  /** Whose message is shown now. */
  looked: number | undefined;
  onLook: (contact: ContactHit) => void;
}

/** How many ways are listed before one asks for all. */
const few = 8;

/** One person of each way in which the e-mail comes out, rarest first, to step through. */
export function Specimens({ specimens, others, looked, onLook }: Props) {
  const [all, setAll] = useState(false);
  if (specimens.length === 0) return null;
  const at = specimens.findIndex((s) => s.contact.id === looked);
  const step = (by: number) => {
    const to = specimens[at < 0 ? (by > 0 ? 0 : specimens.length - 1) : (at + by + specimens.length) % specimens.length];
    if (to) onLook(to.contact);
  };
  return (
    <div>
      <div className={panels.specimensHead}>
        <h3>{plural(specimens.length, 'way')} it comes out</h3>
        <span className={css.muted}>rarest first</span>
        <span className={panels.steppers}>
          <Tooltip label="Previous way">
            <ActionIcon aria-label="Previous way" onClick={() => step(-1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
          </Tooltip>
          <span className={css.muted}>{at < 0 ? `– of ${specimens.length}` : `${at + 1} of ${specimens.length}`}</span>
          <Tooltip label="Next way">
            <ActionIcon aria-label="Next way" onClick={() => step(1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      <ul className={panels.ways}>
        {(all ? specimens : specimens.slice(0, few)).map((s) => (
          <li key={s.way}>
            <button type="button" aria-current={s.contact.id === looked || undefined} disabled={s.contact.id === 0} onClick={() => onLook(s.contact)}>
              <span className={panels.wayName}>{s.contact.id === 0 ? 'Erased' : nameOf(s.contact)}</span>
              <span className={panels.wayWords}>{s.ways.join(' · ') || 'the same for everybody'}</span>
              <span className={css.number}>{count(s.count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {others > 0 && <p className={css.muted}>and {plural(others, 'person', 'people')} in ways of their own</p>}
      {specimens.length > few && (
        <button type="button" className={css.link} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${specimens.length}`}
        </button>
      )}
    </div>
  );
}
