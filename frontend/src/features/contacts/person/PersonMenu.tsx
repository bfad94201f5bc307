import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconDots, IconFileText, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { said } from '@/components/toast/toast';
import { ExportDialog } from './ExportDialog';
import { useErase } from './api';
import type { ContactDetail } from '@/lib/generated/api';

/** What can be done with a person as a whole. */
export function PersonMenu({ person }: { person: ContactDetail }) {
  const navigate = useNavigate();
  const [erasing, setErasing] = useState(false);
  const [exporting, setExporting] = useState(false);
  const erase = useErase(person);
  const name = person.name || person.email;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${name}`} size={32}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileText size={14} />} onClick={() => setExporting(true)}>
            All that is known, to hand over…
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setErasing(true)}>
            Erase for good…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ExportDialog person={person} opened={exporting} onClose={() => setExporting(false)} />
      <ConfirmDialog
        opened={erasing}
        title={`Erase ${name} for good?`}
        confirm="Erase"
        typed="erase"
        danger
        onConfirm={async () => {
          await erase.mutateAsync();
          await navigate({ to: '/contacts' });
          said(`${name} is erased.`);
        }}
        onClose={() => setErasing(false)}
      >
        Everything known of them goes: details, what they did, consents and e-mails. It cannot be taken back. That something was erased, and when, stays in the audit, without their name.
      </ConfirmDialog>
    </>
  );
}
