import { Button } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useEffect, useState, type DragEvent } from 'react';
import { chooseFile } from '@/components/files/files';
import { messageOf } from '@/lib/bridge';
import { capabilities, upload } from '@/lib/native';
import css from './import.module.css';

/** Where a file is chosen, or dropped in a browser. */
export function ChooseFile({ onChosen }: { onChosen: (path: string) => void }) {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [drops, setDrops] = useState(false);
  useEffect(() => {
    void capabilities().then((c) => setDrops(!c.native_dialogs));
  }, []);
  const take = async (path: () => Promise<string | null>) => {
    setError('');
    setBusy(true);
    try {
      const chosen = await path();
      if (chosen) onChosen(chosen);
    } catch (e) {
      setError(messageOf(e));
    } finally {
      setBusy(false);
    }
  };
  const choose = () => void take(() => chooseFile({ title: 'Choose a file to import', filters: [{ name: 'Tables as text', pattern: '*.csv;*.tsv;*.txt;*.json;*.jsonl;*.xml' }] }));
  const onDrop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    const file = e.dataTransfer.files[0];
    if (file) void take(() => upload(file));
  };
  return (
    <div
      className={css.choose}
      data-over={over || undefined}
      onDragOver={(e) => {
        if (!drops) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drops ? onDrop : undefined}
    >
      <IconFileTypeCsv size={40} stroke={1.25} />
      <h2>A CSV file of contacts, of events such as orders, or of products</h2>
      <p>It is read as it is: any delimiter, any of the usual encodings. Nothing is written before you have seen what becomes of each column.</p>
      <Button variant="filled" loading={busy} onClick={choose} autoFocus>
        Choose the file
      </Button>
      {drops && <p className={css.muted}>or drop it here</p>}
      {error && (
        <p className={css.bad} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
