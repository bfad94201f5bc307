import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { failed, said } from '@/components/toast/toast';
import { count, plural } from '@/lib/format';
import { Data, type ImportReport } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import { useDataChanged } from '../api';
import css from './report.module.css';

interface Undone {
  restored: number;
  removed: number;
  kept: { what: string; reason: string }[] | null;
  kept_more: number;
}

/** Takes an import back, and tells what had to stay. */
export function UndoImport({ report: r }: { report: ImportReport }) {
  const changed = useDataChanged();
  const [asking, setAsking] = useState(false);
  const [kept, setKept] = useState<Undone | null>(null);
  const job = useRunJob<Undone>((ended) => {
    changed();
    if (ended.state !== 'done') {
      if (ended.error) failed(new Error(ended.error.message), 'The import was not undone');
      return;
    }
    const undone = ended.result as Undone;
    if ((undone.kept?.length ?? 0) > 0) setKept(undone);
    else said(`Undone: ${count(undone.removed)} taken out, ${count(undone.restored)} put back as before.`);
  });
  return (
    <>
      <Button onClick={() => setAsking(true)} loading={job.running}>
        Undo this import
      </Button>
      <ConfirmDialog opened={asking} title={`Undo the import of ${r.source}?`} confirm="Undo it" danger onClose={() => setAsking(false)} onConfirm={() => job.start(() => Data.undo(r.batch))}>
        What it brought goes out again and what it changed is put back, {plural(r.created, 'new row')} and {plural(r.updated, 'changed one')}. What was changed by hand or by another import since then stays as it is.
      </ConfirmDialog>
      <Modal opened={kept !== null} onClose={() => setKept(null)} title="Undone, but for what was changed since">
        {kept && (
          <>
            <p>
              {count(kept.removed)} taken out, {count(kept.restored)} put back as before. These stay:
            </p>
            <ul className={css.kept}>
              {(kept.kept ?? []).slice(0, 100).map((k) => (
                <li key={`${k.what} ${k.reason}`}>
                  <strong>{k.what}</strong> <span className={css.muted}>{k.reason}</span>
                </li>
              ))}
            </ul>
            {kept.kept_more > 0 && <p className={css.muted}>and {count(kept.kept_more)} more</p>}
          </>
        )}
      </Modal>
    </>
  );
}
