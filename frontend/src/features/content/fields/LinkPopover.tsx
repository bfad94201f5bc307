import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import css from './fields.module.css';

/** Asks for the address of the selected words. */
export function LinkPopover({ editor }: { editor: Editor }) {
  const [href, setHref] = useState<string | null>(null); // null: closed
  const close = () => setHref(null);
  const allowed = /^(https?:\/\/.|mailto:.|tel:.|\{\{)/i.test((href ?? '').trim());
  return (
    <Popover opened={href !== null} onChange={(o) => !o && close()} width={320} trapFocus>
      <Tooltip label="Link" disabled={href !== null}>
        <Popover.Target>
          <ActionIcon
            size={24}
            aria-label="Link"
            aria-pressed={editor.isActive('link')}
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => setHref(String(editor.getAttributes('link').href ?? 'https://'))}
          >
            <IconLink size={14} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
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
