import { Modal } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import { Keys } from '@/components/kbd/Keys';
import { useActions, useAllActions, type Action } from '@/lib/actions';
import css from './Shortcuts.module.css';

/** "?" shows all keys that do something here. */
export function Shortcuts() {
  const [opened, setOpened] = useState(false);
  useActions([{ name: 'shortcuts', label: 'Keyboard shortcuts', keys: '?', section: 'Help', icon: IconKeyboard, perform: () => setOpened((o) => !o) }]);
  const sections = bySection(useAllActions().filter((a) => a.keys));
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keyboard shortcuts" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={css.columns}>
        {sections.map(([section, actions]) => (
          <section key={section} className={css.section} aria-label={section}>
            <h3>{section}</h3>
            {actions.map((a) => (
              <div key={a.name} className={css.row}>
                <span>{a.label}</span>
                <Keys keys={a.keys ?? ''} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}

function bySection(actions: Action[]): [string, Action[]][] {
  const sections = new Map<string, Action[]>();
  for (const a of actions) {
    const name = a.section ?? 'This page';
    sections.set(name, [...(sections.get(name) ?? []), a]);
  }
  return [...sections];
}
