import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconUserCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ContactPicker, nameOf } from '@/components/contact-picker/ContactPicker';
import { failed } from '@/components/toast/toast';
import { messageOf } from '@/lib/bridge';
import { plural } from '@/lib/format';
import type { ContactHit, Template, TestPerson } from '@/lib/generated/api';
import { useSetTestPeople, useTestPeople, type ContentDocument } from '../api';
import css from './TestPeople.module.css';

interface Props {
  doc: ContentDocument;
  template: Template;
  /** Who is looked at. */
  contact: ContactHit | null;
  onLook: (contact: ContactHit) => void;
}

/** People for whom it must always come out, and whether the draft does; a save is held against them. */
export function TestPeople({ doc, template, contact, onLook }: Props) {
  const [open, setOpen] = useState(false);
  const people = useTestPeople(doc.kind, doc.slug, template);
  const list = people.data ?? [];
  const fails = list.filter((p) => p.failed).length;
  const set = useSetTestPeople(doc.kind, doc.slug);
  const change = (ids: number[]) => set.mutate(ids, { onError: (e) => failed(e, 'The test people stay as they were') });
  const ids = list.map((p) => p.contact.id);
  const add = (c: ContactHit) => !ids.includes(c.id) && change([...ids, c.id]);
  const says = list.length === 0 ? 'Test people' : fails > 0 ? plural(fails, 'test person fails', 'test people fail') : plural(list.length, 'test person', 'test people');
  return (
    <Popover opened={open} onChange={setOpen} width={360} position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label={says}>
          <Button variant="subtle" color="gray" px={6} aria-label={says} onClick={() => setOpen((o) => !o)}>
            {fails > 0 ? <IconAlertTriangle size={15} className={css.bad} aria-hidden /> : <IconUserCheck size={15} aria-hidden />}
            {list.length > 0 && <span className={css.number}>{fails > 0 ? `${fails}/${list.length}` : list.length}</span>}
          </Button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={css.people}>
          <p className={css.about}>The e-mail must come out for these people: every save is held against them.</p>
          {people.error && <p role="alert">{messageOf(people.error)}</p>}
          <ul>
            {list.map((p) => (
              <Person key={p.contact.id} person={p} current={p.contact.id === contact?.id} onLook={() => onLook(p.contact)} onRemove={() => change(ids.filter((id) => id !== p.contact.id))} />
            ))}
          </ul>
          {contact && !ids.includes(contact.id) && (
            <Button variant="subtle" onClick={() => add(contact)} className={css.add}>
              Add {nameOf(contact)}, whom you look at
            </Button>
          )}
          <ContactPicker value={null} onChange={add} label="Add a test person" width={300} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Person({ person, current, onLook, onRemove }: { person: TestPerson; current: boolean; onLook: () => void; onRemove: () => void }) {
  const who = nameOf(person.contact);
  const fate = person.problem?.message ?? (person.missing.length > 0 ? `without ${person.missing.join(', ')}` : 'comes out');
  return (
    <li className={css.person}>
      <button type="button" className={css.look} aria-current={current || undefined} onClick={onLook}>
        {person.failed ? <IconAlertTriangle size={14} className={css.bad} aria-label="fails" /> : <IconCheck size={14} className={css.good} aria-label="comes out" />}
        <span>
          <span>{who}</span>
          <span className={css.about}>{fate}</span>
        </span>
      </button>
      <Tooltip label="No longer a test person">
        <ActionIcon size={24} aria-label={`${who} is no longer a test person`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
