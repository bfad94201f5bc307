import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ContactPicker, nameOf } from '@/components/contact-picker/ContactPicker';
import { useActions } from '@/lib/actions';
import { messageOf } from '@/lib/bridge';
import { count, plural } from '@/lib/format';
import type { ContactHit, Specimen } from '@/lib/generated/api';
import { useSpecimens, type Looked } from './usePreview';
import css from './Preview.module.css';

interface Props {
  looked: Looked | null;
  contact: ContactHit | null;
  onContact: (contact: ContactHit) => void;
  /** Where people are taken from: a segment's slug; "" for anybody. */
  segment?: string;
}

/**
 * Whom a message is looked at for: anybody by name or address, or, step by step,
 * one person of each way in which it comes out.
 */
export function PersonSteps({ looked, contact, onContact, segment = '' }: Props) {
  const [asked, setAsked] = useState<Looked | null>(null); // the draft whose ways were asked for
  const [open, setOpen] = useState(false);
  const [hurry, setHurry] = useState<1 | -1 | null>(null);
  const specimens = useSpecimens(asked, segment);
  const list = specimens.data ?? [];
  const at = list.findIndex((s) => s.contact.id === contact?.id);
  const step = (by: 1 | -1) => {
    setAsked(looked);
    if (list.length === 0) {
      setHurry(by); // the first answer takes the step
      return;
    }
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
    if (next) onContact(next.contact);
  };
  useEffect(() => {
    if (hurry === null || !specimens.data || specimens.data.length === 0) return;
    setHurry(null);
    const first = specimens.data.at(hurry > 0 ? 0 : -1);
    if (first) onContact(first.contact);
  }, [hurry, specimens.data, onContact]);
  useActions([
    { name: 'preview.next', label: 'Next way it comes out', keys: ']', section: 'Preview', perform: () => step(1) },
    { name: 'preview.previous', label: 'Previous way it comes out', keys: '[', section: 'Preview', perform: () => step(-1) },
  ]);
  return (
    <div className={css.person}>
      <ContactPicker value={contact} onChange={onContact} label="Look at it for" segment={segment} width={200} />
      <Tooltip label="Previous way it comes out">
        <ActionIcon aria-label="Previous way it comes out" onClick={() => step(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Popover opened={open} onChange={setOpen} width={360} position="bottom-start" trapFocus>
        <Popover.Target>
          <Button
            variant="subtle"
            color="gray"
            loading={specimens.isLoading}
            onClick={() => {
              setAsked(looked);
              setOpen((o) => !o);
            }}
          >
            {list.length === 0 ? 'Ways' : at < 0 ? plural(list.length, 'way') : `${at + 1} of ${list.length}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Ways specimens={list} error={specimens.error} current={contact?.id} onPick={onContact} />
        </Popover.Dropdown>
      </Popover>
      <Tooltip label="Next way it comes out">
        <ActionIcon aria-label="Next way it comes out" onClick={() => step(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Ways({ specimens, error, current, onPick }: { specimens: Specimen[]; error: Error | null; current?: number; onPick: (contact: ContactHit) => void }) {
  if (error) return <p className={css.waysHead}>{messageOf(error)}</p>;
  if (specimens.length === 0) return <p className={css.waysHead}>Nobody is there to look at it for.</p>;
  return (
    <div className={css.ways}>
      <p className={css.waysHead}>People worth looking at: one of each way the e-mail comes out, rarest first.</p>
      {specimens.map((s) => (
        <button key={s.contact.id} type="button" className={css.way} aria-current={s.contact.id === current || undefined} onClick={() => onPick(s.contact)}>
          <span className={css.wayHead}>
            <span>{nameOf(s.contact)}</span>
            <span className={css.wayCount}>{count(s.count)}</span>
          </span>
          <span className={css.wayWords}>{s.ways.join(' · ') || 'the same for everybody'}</span>
        </button>
      ))}
    </div>
  );
}
