import { ActionIcon, Tooltip } from '@mantine/core';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { IconBold, IconItalic, IconList, IconListNumbers } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useEditing } from '../editor/draft';
import { reference } from './form';
import { fromEditor, toEditor } from './liquid-node';
import { LinkPopover } from './LinkPopover';
import { LiquidField } from './LiquidField';
import { extensions, fits } from './rich';
import { VariablesMenu } from './VariablesMenu';
import css from './fields.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Small HTML: paragraphs, lists, links and accents, with variables as chips; as code where it says more. */
export function RichField(props: Props) {
  const [asCode, setAsCode] = useState(false);
  const [whole] = useState(() => fits(props.value));
  if (!whole || asCode)
    return (
      <LiquidField
        {...props}
        language="liquid-html"
        line={false}
        aside={
          whole && (
            <button type="button" className={css.link} onClick={() => setAsCode(false)}>
              As text
            </button>
          )
        }
        help={whole ? undefined : 'This text has Liquid around its lists or tags, so it is edited as HTML.'}
      />
    );
  return <RichEditor {...props} onCode={() => setAsCode(true)} />;
}

function RichEditor({ label, value, onChange, onCode }: Props & { onCode: () => void }) {
  const { variables } = useEditing();
  const change = useRef(onChange);
  const own = useRef(value); // what this editor said last
  useEffect(() => {
    change.current = onChange;
  });
  const editor = useEditor({
    extensions,
    content: toEditor(value),
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', class: css.rich ?? '' } },
    onUpdate: ({ editor: e }) => {
      own.current = fromEditor(e.getHTML());
      change.current(own.current);
    },
  });
  useEffect(() => {
    if (value === own.current) return;
    own.current = value;
    editor.commands.setContent(toEditor(value), { emitUpdate: false });
  }, [editor, value]);
  return (
    <div className={css.field}>
      <div className={css.labelLine}>
        <span className={css.label}>{label}</span>
        <Marks editor={editor} />
        <button type="button" className={css.link} onClick={onCode}>
          HTML
        </button>
        <VariablesMenu variables={variables} onPick={(name) => editor.chain().focus().insertContent({ type: 'liquid', attrs: { code: reference(name) } }).run()} />
      </div>
      <EditorContent editor={editor} />
    </div>
  );
}

function Marks({ editor }: { editor: Editor }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const f = () => redraw((n) => n + 1);
    editor.on('transaction', f);
    return () => void editor.off('transaction', f);
  }, [editor]);
  const marks = useMemo(
    () => [
      { name: 'bold', label: 'Bold', icon: <IconBold size={14} />, go: () => editor.chain().focus().toggleBold().run() },
      { name: 'italic', label: 'Italic', icon: <IconItalic size={14} />, go: () => editor.chain().focus().toggleItalic().run() },
      { name: 'bulletList', label: 'List', icon: <IconList size={14} />, go: () => editor.chain().focus().toggleBulletList().run() },
      { name: 'orderedList', label: 'Numbered list', icon: <IconListNumbers size={14} />, go: () => editor.chain().focus().toggleOrderedList().run() },
    ],
    [editor],
  );
  return (
    <span className={css.marks}>
      {marks.map((m) => (
        <Mark key={m.name} label={m.label} on={editor.isActive(m.name)} onClick={m.go}>
          {m.icon}
        </Mark>
      ))}
      <LinkPopover editor={editor} />
    </span>
  );
}

function Mark({ label, on, onClick, children }: { label: string; on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} aria-pressed={on} onMouseDown={(e) => e.preventDefault()} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
