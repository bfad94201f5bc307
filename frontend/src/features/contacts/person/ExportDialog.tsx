import { Button, Modal, Textarea } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import dialog from '@/components/confirm/ConfirmDialog.module.css';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ContactDetail } from '@/lib/generated/api';
import { useExport } from './api';

/** Everything known of a person as one text, for somebody who asks what is kept of them. */
export function ExportDialog({ person, opened, onClose }: { person: ContactDetail; opened: boolean; onClose: () => void }) {
  const known = useExport(person.id, opened);
  const clipboard = useClipboard({ timeout: 2000 });
  const text = known.data ? JSON.stringify(known.data, null, 2) : '';
  return (
    <Modal opened={opened} onClose={onClose} title={`All that is known of ${person.name || person.email}`} size={720} withCloseButton={false}>
      {known.error && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {known.isPending && <LoadingRows rows={6} label="Gathering" />}
      {known.data && <Textarea aria-label="All that is known" value={text} readOnly rows={18} spellCheck={false} styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--small)' } }} />}
      <div className={dialog.buttons}>
        <Button onClick={onClose}>Close</Button>
        <Button variant="filled" disabled={text === ''} leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />} onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </Modal>
  );
}
