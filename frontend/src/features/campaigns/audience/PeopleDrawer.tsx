import { useNavigate } from '@tanstack/react-router';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { useServerPages } from '@/components/table/useServerPages';
import { EmptyState } from '@/components/states/EmptyState';
import { Campaigns, type ContactHit } from '@/lib/generated/api';
import { SideDrawer } from '../SideDrawer';

interface Props {
  slug: string;
  version: number;
  /** A reason for leaving people out, or "permitted" for those who are reached. */
  reason: string;
  title: string;
  onClose: () => void;
}

const columns: DataColumn<ContactHit>[] = [
  { key: 'email', label: 'E-mail', width: 200, render: (c) => c.email },
  { key: 'name', label: 'Name', width: 120, render: (c) => c.name },
];

/** The people of an audience who get it, or are left out for a reason. */
export function PeopleDrawer({ slug, version, reason, title, onClose }: Props) {
  const navigate = useNavigate();
  const rows = useServerPages(['campaigns', 'people', slug, version, reason], (offset, limit, signal) => Campaigns.excluded(slug, reason, offset, limit, signal));
  return (
    <SideDrawer title={title} onClose={onClose}>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        onOpen={(c) => void navigate({ to: '/contacts/$id', params: { id: String(c.id) } })}
        empty={<EmptyState title="Nobody any more" drawing="people" />}
      />
    </SideDrawer>
  );
}
