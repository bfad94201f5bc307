import { useNavigate } from '@tanstack/react-router';
import { IconUser } from '@tabler/icons-react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { nameOf } from '@/components/contact-picker/ContactPicker';
import { plural } from '@/lib/format';
import type { ContactHit } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { SideDrawer } from '../SideDrawer';

export interface Found {
  title: string;
  about: string;
  count: number;
  /** The first of them. */
  contacts: ContactHit[];
}

interface Props {
  found: Found;
  onClose: () => void;
  onLook: (contact: ContactHit) => void;
}

/** The people whom a finding of the check concerns; each opens with the message that is meant. */
export function FoundDrawer({ found, onClose, onLook }: Props) {
  const navigate = useNavigate();
  const more = found.count - found.contacts.length;
  return (
    <SideDrawer title={found.title} onClose={onClose} head={<span className={css.muted}>{found.about && `${found.about}. `}Choose one to see the message beside the page.</span>}>
      <ul className={panels.people}>
        {found.contacts.map((c) => (
          <li key={c.id}>
            <button
              type="button"
              className={panels.person}
              onClick={() => {
                onLook(c);
                onClose();
              }}
            >
              <span>{nameOf(c)}</span>
              {c.name && <span className={css.muted}>{c.email}</span>}
            </button>
            <Tooltip label="Open the contact">
              <ActionIcon aria-label={`Open the contact ${c.email}`} onClick={() => void navigate({ to: '/contacts/$id', params: { id: String(c.id) } })}>
                <IconUser size={15} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={panels.more}>and {plural(more, 'other')}</p>}
    </SideDrawer>
  );
}
