import { ActionIcon, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { failed, said } from '@/components/toast/toast';
import { loadDocument, removeDocument, saveDocument, useContentChanged, type DocumentKind } from '../api';
import { createDocument } from './create';

/** What can be done with a template or block besides opening it. */
export function CardMenu({ kind, slug, name, usedBy }: { kind: DocumentKind; slug: string; name: string; usedBy: string[] }) {
  const navigate = useNavigate();
  const changed = useContentChanged();
  const [asked, setAsked] = useState(false);
  const copy = useMutation({
    mutationFn: async () => createDocument(kind, { ...(await loadDocument(kind, slug, 0)).template, name: `${name}, copy` }),
    onSuccess: async (d) => {
      await changed();
      void navigate({ to: kind === 'template' ? '/content/templates/$slug' : '/content/blocks/$slug', params: { slug: d.slug } });
    },
    onError: (e) => failed(e, 'It was not copied'),
  });
  const remove = async () => {
    const was = await loadDocument(kind, slug, 0);
    await removeDocument(kind, slug);
    await changed();
    said(`Removed ${name}`, () => void saveDocument({ kind, slug, template: was.template, note: '', base: -1 }).then(changed, (e: unknown) => failed(e)));
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => copy.mutate()}>
            Copy
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setAsked(true)} disabled={usedBy.length > 0}>
            Remove{usedBy.length > 0 && ' (it is used)'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog opened={asked} title={`Remove ${name}?`} confirm="Remove" danger onConfirm={remove} onClose={() => setAsked(false)}>
        What was sent with it stays as it is.
      </ConfirmDialog>
    </>
  );
}
