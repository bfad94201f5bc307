import { Button, Popover, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { useState, type ReactNode } from 'react';
import css from './fields.module.css';

/** Asks for the address of the selected words. */
export function LinkPopover({ editor, children }: { editor: Editor; children: (open: () => void) => ReactNode }) {
  const [href, setHref] = useState<string | null>(null); // null: closed
  const close = () => setHref(null);
  const allowed = /^(https?:\/\/.|mailto:.|tel:.|\{\{)/i.test((href ?? '').trim());
  return (
    <Popover opened={href !== null} onChange={(o) => !o && close()} width={320} trapFocus>
      <Popover.Target>
        <span>{children(() => setHref(String(editor.getAttributes('link').href ?? 'https://')))}</span>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.linkForm}
          onSubmit={(e) => {
            e.preventDefault();
            if (!allowed) return;
            editor.chain().focus().extendMarkRange('link').setLink({ href: (href ?? '').trim() }).run();
            close();
          }}
        >
          <TextInput label="Address" description="https:, mailto:, tel: or a variable such as {{ unsubscribe_url }}" value={href ?? ''} onChange={(e) => setHref(e.currentTarget.value)} data-autofocus spellCheck={false} />
          <div className={css.linkButtons}>
            {editor.isActive('link') && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  editor.chain().focus().extendMarkRange('link').unsetLink().run();
                  close();
                }}
              >
                Take the link away
              </Button>
            )}
            <Button type="submit" disabled={!allowed}>
              Set link
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
