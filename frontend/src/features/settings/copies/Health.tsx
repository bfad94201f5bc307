import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle, IconCheck, IconStethoscope } from '@tabler/icons-react';
import { Field } from '@/components/field/Field';
import { failed } from '@/components/toast/toast';
import { Workspace } from '@/lib/generated/api';
import css from '../Page.module.css';

/** Looks whether the whole file is as it should be. */
export function Health() {
  const doctor = useMutation({ mutationFn: () => Workspace.doctor(), onError: (e) => failed(e, 'The workspace could not be checked') });
  return (
    <Field label="Health" help={doctor.data ? undefined : 'Reads all of the file and changes nothing. It may take a moment.'}>
      {(control) => (
        <>
          <Button id={control.id} leftSection={<IconStethoscope size={15} />} loading={doctor.isPending} onClick={() => doctor.mutate()}>
            Check the file
          </Button>
          {doctor.data && (
            <ul className={css.checks} role="status">
              {doctor.data.map((c) => (
                <li key={c.check} data-ok={c.ok}>
                  {c.ok ? <IconCheck size={15} aria-label="Good" /> : <IconAlertTriangle size={15} aria-label="Wrong" />}
                  <span>{c.message || c.check}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  );
}
