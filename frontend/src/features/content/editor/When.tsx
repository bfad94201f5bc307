import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { ConditionBuilder } from '@/components/condition/ConditionBuilder';
import { useCounts } from '@/components/condition/counts';
import { useConditionDraft } from '@/components/condition/draft';
import { readCondition, type Condition } from '@/components/condition/node';
import { Count } from '@/components/count/Count';
import { useMeaning } from '../api';
import fields from '../fields/fields.module.css';
import css from './Editor.module.css';

/** A branch's condition in words with its count; a press opens the builder. */
export function When({ condition, onChange }: { condition: unknown; onChange: (condition: unknown) => void }) {
  const [open, setOpen] = useState(false);
  const meaning = useMeaning(condition);
  const problem = meaning.data?.problems[0]?.message;
  return (
    <>
      <button type="button" className={css.when} onClick={() => setOpen(true)}>
        <span>{problem ?? meaning.data?.sentence ?? 'A condition'}</span>
        {meaning.data && meaning.data.count >= 0 && <Count value={meaning.data.count} />}
      </button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Who gets it" size={760} withCloseButton={false}>
        <Builder
          condition={readCondition(condition)}
          onKeep={(c) => {
            onChange(c);
            setOpen(false);
          }}
          onCancel={() => setOpen(false)}
        />
      </Modal>
    </>
  );
}

function Builder({ condition, onKeep, onCancel }: { condition: Condition | null; onKeep: (c: unknown) => void; onCancel: () => void }) {
  const draft = useConditionDraft(condition);
  const counts = useCounts(draft.root);
  return (
    <>
      <ConditionBuilder draft={draft} counts={counts} label="Who gets it" compact />
      <div className={fields.linkButtons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="filled" onClick={() => onKeep(draft.condition)}>
          Keep it
        </Button>
      </div>
    </>
  );
}
