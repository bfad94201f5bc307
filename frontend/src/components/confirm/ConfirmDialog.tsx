import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { messageOf } from '@/lib/bridge';
import css from './ConfirmDialog.module.css';

interface Props {
  opened: boolean;
  /** A question: "Erase Anna Keller for good?" */
  title: string;
  /** What will happen, and what stays. */
  children: ReactNode;
  /** The verb: "Erase". */
  confirm: string;
  danger?: boolean;
  /** What must be typed first, for what cannot be taken back. */
  typed?: string;
  onConfirm: () => void | Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. It stays open while it is being done, and when it fails. */
export function ConfirmDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} withCloseButton={false}>
      <Question {...props} />
    </Modal>
  );
}

function Question({ children, confirm, danger, typed, onConfirm, onClose }: Props) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const ready = typed === undefined || text.trim().toLowerCase() === typed.toLowerCase();
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (ready && !busy) void go();
      }}
    >
      <div className={css.text}>{children}</div>
      {typed !== undefined && (
        <TextInput mt="md" label={`Type ${typed} to go on`} value={text} onChange={(e) => setText(e.currentTarget.value)} data-autofocus autoComplete="off" />
      )}
      {error !== null && (
        <p className={css.error} role="alert">
          {messageOf(error)}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" color={danger ? 'red' : undefined} loading={busy} disabled={!ready} data-autofocus={typed === undefined || undefined}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
