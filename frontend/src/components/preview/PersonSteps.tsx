import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ContactPicker } from '@/components/contact-picker/ContactPicker';
import { useActions } from '@/lib/actions';
import { plural } from '@/lib/format';
import type { ContactHit, Specimen } from '@/lib/generated/api';
import { useSpecimens, type Looked } from './usePreview';
import { WaysList } from './WaysList';
import css from './Preview.module.css';

interface Props {
  looked: Looked | null;
  contact: ContactHit | null;
  onContact: (contact: ContactHit) => void;
  /** Where people are taken from: a segment's slug; "" for anybody. */
  segment?: string;
  /** The ways to step through, where they are known; else they are looked up as the draft changes. */
  specimens?: Specimen[];
}

/**
 * Whom a message is looked at for: anybody by name or address, or, step by step,
 * one person of each way in which it comes out.
 */
export function PersonSteps({ looked, contact, onContact, segment = '', specimens }: Props) {
  const [open, setOpen] = useState(false);
  const [hurry, setHurry] = useState<1 | -1 | null>(null);
  const found = useSpecimens(specimens ? null : looked, segment);
  const list = (specimens ?? found.data?.specimens ?? []).filter((s) => s.contact.id !== 0);
  const at = list.findIndex((s) => s.contact.id === contact?.id);
  const step = (by: 1 | -1) => {
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
    if (next) onContact(next.contact);
    else setHurry(by); // the first answer takes the step
  };
  const first = list.at(hurry === -1 ? -1 : 0);
  useEffect(() => {
    if (hurry === null || !first) return;
    setHurry(null);
    onContact(first.contact);
  }, [hurry, first, onContact]);
  useActions([
    { name: 'preview.next', label: 'Next way it comes out', keys: ']', section: 'Preview', perform: () => step(1) },
    { name: 'preview.previous', label: 'Previous way it comes out', keys: '[', section: 'Preview', perform: () => step(-1) },
  ]);
  const all = specimens ? { specimens: list, enough: list.length, looked: sum(list), total: sum(list) } : found.data;
  return (
    <div className={css.person}>
      <ContactPicker value={contact} onChange={onContact} label="Look at it for" segment={segment} width={200} />
      <Step label="Previous way it comes out" onClick={() => step(-1)}>
        <IconChevronLeft size={16} />
      </Step>
      <Popover opened={open} onChange={setOpen} width={360} position="bottom-start" trapFocus>
        <Popover.Target>
          <Button variant="subtle" color="gray" loading={found.isLoading && hurry !== null} data-stale={found.isPlaceholderData || undefined} onClick={() => setOpen((o) => !o)}>
            {list.length === 0 ? 'Ways' : at < 0 ? plural(list.length, 'way') : `${at + 1} of ${list.length}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <WaysList ways={all} error={found.error} current={contact?.id} onPick={onContact} />
        </Popover.Dropdown>
      </Popover>
      <Step label="Next way it comes out" onClick={() => step(1)}>
        <IconChevronRight size={16} />
      </Step>
    </div>
  );
}

function Step({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function sum(list: Specimen[]): number {
  return list.reduce((n, s) => n + s.count, 0);
}
