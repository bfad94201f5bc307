import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  id: string;
  value: string;
  onSave: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  error?: boolean;
  type?: string;
  label?: string;
  'aria-describedby'?: string;
}

/** A line of text that is saved when it is left, or with Enter; Escape takes it back. */
export function TextSetting({ value, onSave, label, ...input }: Props) {
  const [text, setText] = useState<string | null>(null); // null: shows the value
  const keep = () => {
    if (text !== null && text.trim() !== value) onSave(text.trim());
    setText(null);
  };
  return (
    <TextInput
      {...input}
      aria-label={label}
      value={text ?? value}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(e) => {
        if (e.key === 'Enter') keep();
        if (e.key === 'Escape') setText(null);
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
