import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import { date, plural } from '@/lib/format';
import type { Segment } from '@/lib/generated/api';
import { useFreeze, useThaw } from './api';
import css from './life.module.css';

/** Makes a fixed list of who is in a segment now, or a fixed list live again. */
export function FreezeButton({ segment, size }: { segment: Segment; size: number }) {
  const [asking, setAsking] = useState(false);
  const thaw = useThaw(segment);
  if (segment.frozen_at > 0) {
    return (
      <Button loading={thaw.isPending} onClick={() => thaw.mutate()}>
        Make it live again
      </Button>
    );
  }
  return (
    <>
      <Button leftSection={<IconSnowflake size={15} />} onClick={() => setAsking(true)}>
        Freeze as a list
      </Button>
      {asking && <FreezeDialog segment={segment} size={size} onClose={() => setAsking(false)} />}
    </>
  );
}

function FreezeDialog({ segment, size, onClose }: { segment: Segment; size: number; onClose: () => void }) {
  const [which, setWhich] = useState<'new' | 'self'>('new');
  const [name, setName] = useState(`${segment.name}, ${date(Date.now())}`);
  const freeze = useFreeze(segment);
  return (
    <Modal opened onClose={onClose} title="Freeze as a list">
      <p className={css.quiet}>A fixed list keeps {plural(size, 'person', 'people')} as they are now. Nobody joins or leaves it; only who is erased vanishes.</p>
      <Radio.Group value={which} onChange={(v) => setWhich(v as 'new' | 'self')} className={css.choice} aria-label="What becomes the list">
        <Radio value="new" label="A new segment; this one stays live" />
        <Radio value="self" label={`“${segment.name}” itself, and everything that uses it`} />
      </Radio.Group>
      {which === 'new' && <TextInput label="Name of the list" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />}
      <div className={css.dialogButtons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" loading={freeze.isPending} disabled={which === 'new' && name.trim() === ''} onClick={() => freeze.mutate(which === 'new' ? name.trim() : '', { onSuccess: onClose })}>
          Freeze
        </Button>
      </div>
    </Modal>
  );
}
