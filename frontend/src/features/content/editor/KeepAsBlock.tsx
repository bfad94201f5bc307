import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPuzzle } from '@tabler/icons-react';
import { useState } from 'react';
import { failed, said } from '@/components/toast/toast';
import type { Block } from '@/lib/generated/api';
import { useContentChanged } from '../api';
import { createDocument } from '../list/create';
import { useEditing } from './draft';
import css from './Editor.module.css';
import { idOf, update } from './tree';

/** Makes a block reusable: it is kept under a name, and stands here by reference. */
export function KeepAsBlock({ block }: { block: Block }) {
  const { edit } = useEditing();
  const changed = useContentChanged();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const id = idOf(block);
  const keep = useMutation({
    mutationFn: () => createDocument('block', { name: name.trim(), subject: '', blocks: [block] }),
    onSuccess: (d) => {
      setOpen(false);
      edit((t) => ({ ...t, blocks: update(t.blocks, id, () => ({ id, kind: 'block', block: d.slug })) }));
      void changed();
      said(`“${d.template.name}” can be used in every e-mail now.`);
    },
    onError: (e) => failed(e, 'It was not kept'),
  });
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Tooltip label="Keep as a reusable block">
          <ActionIcon aria-label="Keep as a reusable block" onClick={() => setOpen((o) => !o)}>
            <IconPuzzle size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.noteForm}
          onSubmit={(e) => {
            e.preventDefault();
            if (name.trim() !== '' && !keep.isPending) keep.mutate();
          }}
        >
          <TextInput label="What is it called?" description="Other e-mails use it by this name, and change with it." placeholder="Footer" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus autoComplete="off" />
          <Button type="submit" mt={8} fullWidth disabled={name.trim() === ''} loading={keep.isPending}>
            Keep it
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
