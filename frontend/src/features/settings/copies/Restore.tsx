import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { Field } from '@/components/field/Field';
import { chooseFile } from '@/components/files/files';
import { failed, said } from '@/components/toast/toast';
import { Workspace } from '@/lib/generated/api';
import { workspaceFiles } from '@/lib/workspace';

/** Puts a copy in the place of the workspace; what is replaced stays beside it. */
export function Restore() {
  const client = useQueryClient();
  const [copy, setCopy] = useState<string | null>(null);
  const choose = () => void chooseFile({ title: 'Restore from a copy', filters: workspaceFiles, inPlace: true }).then(setCopy, failed);
  const restore = async () => {
    if (copy === null) return;
    const done = await Workspace.restore(copy);
    await client.invalidateQueries();
    said(done.kept ? `Restored. What it was before is kept as ${done.kept}.` : 'Restored.');
  };
  return (
    <Field label="Restore" help="Puts a copy in the place of this workspace. What is replaced is kept beside it.">
      {(control) => (
        <>
          <Button id={control.id} leftSection={<IconHistory size={15} />} onClick={choose}>
            Restore from a copy…
          </Button>
          <ConfirmDialog opened={copy !== null} title="Put the copy in the place of this workspace?" confirm="Restore" onConfirm={restore} onClose={() => setCopy(null)}>
            Everything since the copy was made goes out of use: {copy}. The workspace as it is now is kept beside it.
          </ConfirmDialog>
        </>
      )}
    </Field>
  );
}
