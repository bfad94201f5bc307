import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { Field } from '@/components/field/Field';
import { useAllActions } from '@/lib/actions';
import { plural } from '@/lib/format';
import { useStatus } from '@/lib/status';
import css from '../Page.module.css';
import { Health } from './Health';
import { Restore } from './Restore';

/** Where the workspace is, and copies of it. */
export function Copies() {
  const status = useStatus().data;
  const copy = useAllActions().find((a) => a.name === 'workspace.backup');
  return (
    <div className={css.form}>
      <Field label="File" help={status && `${plural(status.contacts, 'contact')}, ${plural(status.events, 'event')}, ${plural(status.products, 'product')}`}>
        {(control) => (
          <output {...{ id: control.id }} style={{ lineHeight: '32px', overflowWrap: 'anywhere' }}>
            {status?.path}
          </output>
        )}
      </Field>
      <Field label="Copy" help="A whole copy, made while you work. Keep one on another disk.">
        {(control) => (
          <Button id={control.id} leftSection={<IconCopy size={15} />} onClick={copy?.perform}>
            Save a copy…
          </Button>
        )}
      </Field>
      <Restore />
      <Health />
    </div>
  );
}
