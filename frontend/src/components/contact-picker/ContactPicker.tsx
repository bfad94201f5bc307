import { ActionIcon, Combobox, InputBase, Tooltip, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { IconArrowsShuffle, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { failed } from '@/components/toast/toast';
import { Contacts, type ContactHit } from '@/lib/generated/api';
import css from './ContactPicker.module.css';

interface Props {
  value: ContactHit | null;
  onChange: (contact: ContactHit) => void;
  /** What the person is picked for: "Preview for". */
  label: string;
  /** Where somebody at random is taken from: a segment's slug; "" for anybody. */
  segment?: string;
  width?: number;
}

/** Picks a person by address or name, or anybody. */
export function ContactPicker({ value, onChange, label, segment = '', width = 260 }: Props) {
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [text, setText] = useState<string | null>(null); // null: shows the value
  const [slow] = useDebouncedValue(text ?? '', 120);
  const found = useQuery({
    queryKey: ['contacts', 'find', slow],
    queryFn: ({ signal }) => Contacts.find(slow, 8, signal),
    enabled: box.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const random = useMutation({ mutationFn: () => Contacts.random(segment), onSuccess: onChange, onError: (e) => failed(e) });
  const hits = found.data ?? [];
  const choose = (id: string) => {
    const hit = hits.find((h) => String(h.id) === id);
    if (hit) onChange(hit);
    setText(null);
    box.closeDropdown();
  };
  return (
    <div className={css.picker}>
      <Combobox store={box} onOptionSubmit={choose} shadow="sm" width={360} position="bottom-start">
        <Combobox.Target>
          <InputBase
            aria-label={label}
            placeholder="Name or address"
            leftSection={<IconUser size={14} />}
            w={width}
            value={text ?? nameOf(value)}
            onFocus={(e) => {
              e.currentTarget.select();
              box.openDropdown();
            }}
            onClick={() => box.openDropdown()}
            onBlur={() => {
              setText(null);
              box.closeDropdown();
            }}
            onChange={(e) => {
              setText(e.currentTarget.value);
              box.openDropdown();
              box.updateSelectedOptionIndex();
            }}
            autoComplete="off"
            spellCheck={false}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={280} className={css.options} aria-label={label}>
            {hits.map((h) => (
              <Combobox.Option key={h.id} value={String(h.id)} className={css.option}>
                <span className={css.name}>{h.name || h.email}</span>
                {h.name && <span className={css.email}>{h.email}</span>}
              </Combobox.Option>
            ))}
            {found.isSuccess && hits.length === 0 && <Combobox.Empty>Nobody is called “{slow}”</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Tooltip label={segment ? 'Anybody of the segment' : 'Anybody'}>
        <ActionIcon aria-label="Anybody" onClick={() => random.mutate()} loading={random.isPending}>
          <IconArrowsShuffle size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** How a person is named in a line: by name, else by address. */
export function nameOf(contact: ContactHit | null): string {
  if (!contact) return '';
  return contact.name || contact.email;
}
