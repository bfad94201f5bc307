import { ActionIcon, Tooltip } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconUser } from '@tabler/icons-react';
import { EmptyState } from '@/components/states/EmptyState';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { useServerPages } from '@/components/table/useServerPages';
import { Campaigns, type ContactHit } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import { SideDrawer } from '../SideDrawer';

export interface Found {
  title: string;
  about: string;
  /** Whom: those with an item, those of a way, or how they differ from the check before. */
  what: 'item' | 'way' | 'joined' | 'left' | 'changed';
  /** The item's or the way's. */
  number: number;
}

interface Props {
  slug: string;
  /** The instant of the check: another check has other people. */
  at: number;
  found: Found;
  onClose: () => void;
  onLook: (contact: ContactHit) => void;
}

/** The people whom a finding of the check concerns; each opens with the message that is meant. */
export function FoundDrawer({ slug, at, found, onClose, onLook }: Props) {
  const rows = useServerPages(['campaigns', 'found', slug, at, found.what, found.number], (offset, limit, signal) => Campaigns.checkPeople(slug, found.what, found.number, offset, limit, signal));
  return (
    <SideDrawer title={found.title} onClose={onClose} head={<span className={css.muted}>{found.about && `${found.about}. `}Choose one to see the message beside the page.</span>}>
      <DataTable
        label={found.title}
        columns={columns}
        rows={rows}
        onOpen={(c) => {
          onLook(c);
          onClose();
        }}
        empty={<EmptyState title="Nobody any more" drawing="people" />}
      />
    </SideDrawer>
  );
}

const columns: DataColumn<ContactHit>[] = [
  { key: 'email', label: 'E-mail', width: 220, render: (c) => c.email },
  { key: 'name', label: 'Name', width: 150, render: (c) => c.name },
  { key: 'open', label: '', width: 48, render: (c) => <OpenContact contact={c} /> },
];

function OpenContact({ contact }: { contact: ContactHit }) {
  const navigate = useNavigate();
  return (
    <Tooltip label="Open the contact">
      <ActionIcon
        aria-label={`Open the contact ${contact.email}`}
        onClick={(e) => {
          e.stopPropagation();
          void navigate({ to: '/contacts/$id', params: { id: String(contact.id) } });
        }}
      >
        <IconUser size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
