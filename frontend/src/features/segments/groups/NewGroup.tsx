import { Button, Modal, MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { said } from '@/components/toast/toast';
import type { SegmentSummary } from '@/lib/generated/api';
import { usePutGroup } from './api';
import css from './groups.module.css';

/** Makes an exclusive group of segments that are in none, in the order in which they are picked. */
export function NewGroup({ free, onClose }: { free: SegmentSummary[]; onClose: () => void }) {
  const [name, setName] = useState('');
  const [segments, setSegments] = useState<string[]>([]);
  const put = usePutGroup();
  const save = () =>
    put.mutate(
      { slug: '', name: name.trim(), segments, base_version: 0 },
      {
        onSuccess: (g) => {
          said(`The group “${g.name}” is made: nobody counts in two of its segments.`);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title="New exclusive group">
      <form
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        <TextInput label="Name" value={name} onChange={(e) => setName(e.currentTarget.value)} placeholder="Customer ladder" data-autofocus />
        <MultiSelect label="Segments, the first that counts first" searchable data={free.map((s) => ({ value: s.slug, label: s.name }))} value={segments} onChange={setSegments} comboboxProps={{ withinPortal: true }} />
        <p className={css.quiet}>Everything that uses one of them (campaigns, rules, other segments) then sees only those who count in it.</p>
        <div className={css.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={put.isPending} disabled={name.trim() === '' || segments.length < 2}>
            Make the group
          </Button>
        </div>
      </form>
    </Modal>
  );
}
