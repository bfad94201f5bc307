import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Field } from '@/components/field/Field';
import css from '../Page.module.css';

/** How the window looks on this machine. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={css.form}>
      <Field label="Theme" help="Kept on this machine, for all workspaces.">
        {(control) => (
          <SegmentedControl
            id={control.id}
            aria-label="Theme"
            value={colorScheme}
            onChange={(v) => setColorScheme(v as MantineColorScheme)}
            data={[
              { value: 'auto', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        )}
      </Field>
    </div>
  );
}
