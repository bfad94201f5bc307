import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { useDuplicate, useRemoveCampaign } from './api';

interface Props {
  slug: string;
  name: string;
  /** Nothing is removed while it is being sent. */
  sending: boolean;
  sent: boolean;
}

/** What else can be done with a campaign. */
export function CampaignMenu({ slug, name, sending, sent }: Props) {
  const navigate = useNavigate();
  const duplicate = useDuplicate((doc) => void navigate({ to: '/campaigns/$slug', params: { slug: doc.slug } }));
  const remove = useRemoveCampaign();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size={28} aria-label={`More for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => duplicate.mutate(slug)}>
            Duplicate
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={15} />} disabled={sending} onClick={() => setAsking(true)}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={`Remove “${name}”?`}
        confirm="Remove"
        danger
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await remove.mutateAsync(slug);
          await navigate({ to: '/campaigns' });
        }}
      >
        {sent ? 'What was sent stays known, with each person and in the results.' : 'Nothing of it has been sent.'} The segments and the template stay.
      </ConfirmDialog>
    </>
  );
}
