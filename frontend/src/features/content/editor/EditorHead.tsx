import { ActionIcon, Button, Popover, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconChevronDown, IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { SaveProblem } from '@/components/save/SaveProblem';
import { failed, said } from '@/components/toast/toast';
import { useActions } from '@/lib/actions';
import { loadDocument, saveDocument, useBlocks, useContentChanged, type ContentDocument } from '../api';
import type { Draft } from './draft';
import type { Mode } from './Editor';
import css from './Editor.module.css';

interface Props {
  doc: ContentDocument;
  draft: Draft;
  /** The version that is edited. */
  base: number;
  onSaved: (d: ContentDocument) => void;
  /** Begins again from what is saved. */
  onReload: (d: ContentDocument) => void;
  mode: Mode;
  onMode: (m: Mode) => void;
}

/** Name, way of editing, undo and save: one line. */
export function EditorHead({ doc, draft, base, onSaved, onReload, mode, onMode }: Props) {
  const changed = useContentChanged();
  const { template } = draft;
  const save = useMutation({
    mutationFn: ({ note, over, anyway }: { note: string; over?: number; anyway?: boolean }) => saveDocument({ kind: doc.kind, slug: doc.slug, template, note, base: over ?? base, anyway }),
    onSuccess: (d) => {
      draft.saved(template);
      onSaved(d);
      void changed();
      said(`Saved as version ${d.version}`);
    },
  });
  const go = (note = '') => {
    if (!save.isPending) save.mutate({ note });
  };
  useActions([
    { name: 'content.save', label: 'Save a version', keys: 'mod+s', section: 'Content', icon: IconDeviceFloppy, perform: () => go() },
    { name: 'content.undo', label: 'Undo', keys: 'mod+z', section: 'Content', icon: IconArrowBackUp, perform: draft.undo },
    { name: 'content.redo', label: 'Redo', keys: 'shift+mod+z', section: 'Content', icon: IconArrowForwardUp, perform: draft.redo },
  ]);
  return (
    <header className={css.head}>
      <Tooltip label="All content">
        <ActionIcon component={Link} to="/content" aria-label="All content">
          <IconArrowLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <h1 className="visually-hidden">{template.name}</h1>
      <input
        className={css.name}
        aria-label="Name"
        value={template.name}
        size={Math.max(8, template.name.length)}
        onChange={(e) => {
          const name = e.currentTarget.value;
          draft.edit((t) => ({ ...t, name }), 'name');
        }}
        spellCheck={false}
      />
      <span className={css.version}>{draft.changed ? `version ${base}, changed` : `version ${base}`}</span>
      {doc.kind === 'block' && <UsedIn slug={doc.slug} />}
      <span className={css.push} />
      <Tooltip label="Undo (Ctrl Z)">
        <ActionIcon aria-label="Undo" disabled={!draft.canUndo} onClick={draft.undo}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl Shift Z)">
        <ActionIcon aria-label="Redo" disabled={!draft.canRedo} onClick={draft.redo}>
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
      <SegmentedControl
        aria-label="Way of editing"
        value={mode}
        onChange={(m) => onMode(m as Mode)}
        data={[
          { value: 'design', label: 'Design' },
          { value: 'code', label: 'Code' },
          { value: 'versions', label: 'Versions' },
        ]}
      />
      <Button.Group>
        <Button variant="filled" disabled={!draft.changed} loading={save.isPending} onClick={() => go()}>
          Save
        </Button>
        <WithNote disabled={!draft.changed} onSave={go} />
      </Button.Group>
      <SaveProblem
        error={save.error}
        newest={(signal) => loadDocument(doc.kind, doc.slug, 0, signal)}
        onAnyway={() => save.variables && save.mutate({ ...save.variables, anyway: true })}
        onOver={(over) => save.mutate({ note: save.variables?.note ?? '', over })}
        onReload={() => void loadDocument(doc.kind, doc.slug, 0).then(onReload, (e: unknown) => failed(e))}
        onClose={save.reset}
      />
    </header>
  );
}

/** Where a reusable block stands: what saving it changes. */
function UsedIn({ slug }: { slug: string }) {
  const uses = useBlocks().data?.find((b) => b.slug === slug)?.used_by ?? [];
  if (uses.length === 0) return <span className={css.version}>used nowhere yet</span>;
  const names = uses.map((u) => u.replace(/^template /, ''));
  return (
    <Tooltip label={names.join(', ')}>
      <span className={css.version}>
        used in {names.slice(0, 2).join(', ')}
        {names.length > 2 && ` and ${names.length - 2} more`}
      </span>
    </Tooltip>
  );
}

function WithNote({ disabled, onSave }: { disabled: boolean; onSave: (note: string) => void }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button variant="filled" px={6} aria-label="Save with a note" disabled={disabled} onClick={() => setOpen((o) => !o)}>
          <IconChevronDown size={14} />
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.noteForm}
          onSubmit={(e) => {
            e.preventDefault();
            onSave(note.trim());
            setNote('');
            setOpen(false);
          }}
        >
          <TextInput label="What changed" placeholder="New offer for summer" value={note} onChange={(e) => setNote(e.currentTarget.value)} data-autofocus />
          <Button type="submit" mt={8} fullWidth>
            Save with this note
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
