import { Button, Checkbox, Modal, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Condition } from '@/components/condition/node';
import { chooseSavePath } from '@/components/files/files';
import { failed, said } from '@/components/toast/toast';
import { plural } from '@/lib/format';
import { Contacts, Segments } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import css from './editor.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  name: string;
  condition: Condition;
  count: number;
}

const usual = ['email', 'first_name', 'last_name'];

/** Writes the people of a condition as a CSV file, with the columns that are wanted. */
export function ExportDialog({ opened, onClose, name, condition, count }: Props) {
  const columns = useQuery({ queryKey: ['contacts', 'columns'], queryFn: ({ signal }) => Contacts.columns(signal), enabled: opened });
  const [chosen, setChosen] = useState(usual);
  const [reasons, setReasons] = useState(false);
  const job = useRunJob<{ rows: number; path: string }>((ended) => {
    if (ended.state === 'done') {
      const { rows, path } = ended.result as { rows: number; path: string };
      said(`${plural(rows, 'person', 'people')} written to ${path}.`);
      onClose();
    } else if (ended.error) failed(new Error(ended.error.message), 'The file was not written');
  });
  const toggle = (c: string) => setChosen(chosen.includes(c) ? chosen.filter((x) => x !== c) : [...chosen, c]);
  const write = async () => {
    const path = await chooseSavePath({ title: `Export ${plural(count, 'person', 'people')}`, defaultName: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv` });
    if (path) job.start(() => (reasons ? Segments.exportReasons({ slug: '', condition, everyone: false, at: 0, path }) : Segments.export({ slug: '', condition, columns: chosen, path })));
  };
  const seen = (columns.data ?? []).filter((c) => c.filled > 0 || chosen.includes(c.name));
  return (
    <Modal opened={opened} onClose={onClose} title={`Export ${plural(count, 'person', 'people')}`}>
      <p className={css.muted}>A CSV file that opens in a spreadsheet. Choose what is in it beside the address:</p>
      <Radio.Group aria-label="What is in the file" value={reasons ? 'reasons' : 'columns'} onChange={(v) => setReasons(v === 'reasons')} mt="xs">
        <Radio value="reasons" label="The values that decided: a column for each part of the condition" />
        <Radio value="columns" label="Attributes:" mt="xs" />
      </Radio.Group>
      <div className={css.exportColumns}>
        {seen
          .filter((c) => c.name !== 'email')
          .map((c) => (
            <Checkbox key={c.name} disabled={reasons} label={c.label} checked={chosen.includes(c.name)} onChange={() => toggle(c.name)} />
          ))}
      </div>
      {job.error && (
        <p className={css.bad} role="alert">
          {job.error.message}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" loading={job.running} onClick={() => void write()}>
          Choose the file
        </Button>
      </div>
    </Modal>
  );
}
