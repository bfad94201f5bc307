import { Button, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { Field } from '@/components/field/Field';
import { chooseFolder } from '@/components/files/files';
import { failed } from '@/components/toast/toast';
import type { Field as Setting } from '@/lib/generated/api';
import { choiceInWords } from './draft';
import css from './senders.module.css';

interface Props {
  setting: Setting;
  value: string;
  /** A password that was typed now; undefined when it is as it was. */
  typed: string | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
  onType: (password: string) => void;
}

/** One setting of a way of sending, drawn as its type asks. */
export function SettingField({ setting: s, value, typed, error, onChange, onType }: Props) {
  const help = s.type === 'secret' ? (value && !typed ? 'A password is kept. Type to replace it.' : undefined) : s.type === 'text' && !s.default && /^\S+\.\S+$/.test(s.help) ? undefined : s.help;
  return (
    <Field label={s.label} error={error} help={help || undefined}>
      {(control) => {
        switch (s.type) {
          case 'secret':
            return <PasswordInput {...control} size="xs" value={typed ?? ''} placeholder={value ? '••••••••' : ''} onChange={(e) => onType(e.currentTarget.value)} autoComplete="new-password" />;
          case 'choice':
            return <Select {...control} allowDeselect={false} data={s.options.map((o) => ({ value: o, label: choiceInWords(o) }))} value={value} onChange={(v) => v !== null && onChange(v)} />;
          case 'boolean':
            return <Switch id={control.id} aria-describedby={control['aria-describedby']} checked={value === 'true'} onChange={(e) => onChange(String(e.currentTarget.checked))} />;
          case 'folder':
            return (
              <div className={css.line}>
                <TextInput {...control} className={css.grow} value={value} onChange={(e) => onChange(e.currentTarget.value)} spellCheck={false} autoComplete="off" />
                <Button onClick={() => void chooseFolder(`Choose: ${s.label}`).then((path) => path && onChange(path), (e: unknown) => failed(e))}>Choose…</Button>
              </div>
            );
          default:
            return (
              <TextInput
                {...control}
                value={value}
                inputMode={s.type === 'number' ? 'decimal' : undefined}
                w={s.type === 'number' ? 120 : undefined}
                placeholder={help === undefined ? s.help : undefined}
                onChange={(e) => onChange(e.currentTarget.value)}
                spellCheck={false}
                autoComplete="off"
              />
            );
        }
      }}
    </Field>
  );
}
