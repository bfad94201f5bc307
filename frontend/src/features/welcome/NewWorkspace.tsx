import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { chooseSavePath } from '@/components/files/files';
import { failed } from '@/components/toast/toast';
import { AppError, messageOf } from '@/lib/bridge';
import { Workspace } from '@/lib/generated/api';
import { useEnterWorkspace } from '@/lib/workspace';
import { currencies, localZone, zones } from '@/lib/places';
import css from './Welcome.module.css';

/** Asks for a name, a file, a time zone and a currency, and makes the workspace. */
export function NewWorkspace({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New workspace" withCloseButton={false}>
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [path, setPath] = useState('');
  const [timezone, setZone] = useState(localZone());
  const [currency, setCurrency] = useState('EUR');
  const make = useEnterWorkspace();
  const error = (field: string) => (make.error instanceof AppError && make.error.field === field ? messageOf(make.error) : undefined);
  const choose = async () => {
    const chosen = await chooseSavePath({ title: 'Where the workspace is kept', defaultName: `${name.trim() || 'My shop'}.mailwright` });
    if (chosen) setPath(/\.mailwright$/i.test(chosen) ? chosen : `${chosen}.mailwright`);
  };
  const ready = name.trim() !== '' && path !== '';
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (ready) make.mutate(() => Workspace.create({ name: name.trim(), path, timezone, currency }), { onSuccess: onClose });
      }}
    >
      <TextInput label="Name" description="Of the business it is for" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus error={error('name')} />
      <TextInput
        label="File"
        description="Everything is in this one file; copy it to back it up"
        value={path}
        readOnly
        placeholder="Not chosen yet"
        error={error('path')}
        rightSection={
          <Button variant="subtle" onClick={() => void choose().catch(failed)}>
            Choose…
          </Button>
        }
        rightSectionWidth={92}
      />
      <div className={css.pair}>
        <Select label="Time zone" data={zones()} value={timezone} onChange={(z) => z && setZone(z)} searchable allowDeselect={false} error={error('timezone')} />
        <Select label="Currency" description="Cannot be changed later" inputWrapperOrder={['label', 'input', 'description', 'error']} data={currencies()} value={currency} onChange={(c) => c && setCurrency(c)} searchable allowDeselect={false} error={error('currency')} />
      </div>
      {make.error && !(make.error instanceof AppError && make.error.field) && (
        <p className={css.error} role="alert">
          {messageOf(make.error)}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!ready} loading={make.isPending}>
          Make workspace
        </Button>
      </div>
    </form>
  );
}
