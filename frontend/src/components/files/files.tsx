import { Button, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { Native, type FileFilter } from '@/lib/generated/api';
import { capabilities, pickInBrowser, upload } from '@/lib/native';
import css from './files.module.css';

/**
 * Paths from a person: the system's own dialogs in the window; in a browser an
 * upload for a file that is read, and a typed path for one that is written.
 * Each gives null when the person gave up.
 */

interface OpenFile {
  title: string;
  filters: FileFilter[];
  /** In a browser: type a path instead of uploading, for files that are used where they lie. */
  inPlace?: boolean;
}

export async function chooseFile({ title, filters, inPlace }: OpenFile): Promise<string | null> {
  if ((await capabilities()).native_dialogs) return (await Native.openFile({ title, filters })) || null;
  if (inPlace) return askForPath({ title, confirm: 'Open' });
  const file = await pickInBrowser(filters.flatMap((f) => f.pattern.split(';').map((p) => p.trim().replace(/^\*/, ''))).join(','));
  return file && upload(file);
}

export async function chooseSavePath({ title, defaultName }: { title: string; defaultName: string }): Promise<string | null> {
  if ((await capabilities()).native_dialogs) return (await Native.saveFile({ title, default_name: defaultName })) || null;
  return askForPath({ title, start: defaultName, confirm: 'Save' });
}

export async function chooseFolder(title: string): Promise<string | null> {
  if ((await capabilities()).native_dialogs) return (await Native.openFolder(title)) || null;
  return askForPath({ title, confirm: 'Choose' });
}

function askForPath({ title, start = '', confirm }: { title: string; start?: string; confirm: string }): Promise<string | null> {
  return new Promise((resolve) => {
    const id = modals.open({
      title,
      withCloseButton: false,
      onClose: () => resolve(null), // after an answer it changes nothing
      children: (
        <PathForm
          start={start}
          confirm={confirm}
          onEnd={(path) => {
            resolve(path);
            modals.close(id);
          }}
        />
      ),
    });
  });
}

function PathForm({ start, confirm, onEnd }: { start: string; confirm: string; onEnd: (path: string | null) => void }) {
  const [path, setPath] = useState(start);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (path.trim() !== '') onEnd(path.trim());
      }}
    >
      <TextInput
        label="Path of the file"
        description="On the machine that Mailwright runs on"
        value={path}
        onChange={(e) => setPath(e.currentTarget.value)}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
      />
      <div className={css.buttons}>
        <Button onClick={() => onEnd(null)}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={path.trim() === ''}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
