import { Button } from '@mantine/core';
import { messageOf } from '@/lib/bridge';
import css from './scores.module.css';

interface Props {
  saving: boolean;
  error: Error | null;
  onSave: () => void;
  onRevert: () => void;
}

/** Stands in the head while the model is not what is saved. */
export function SaveBar({ saving, error, onSave, onRevert }: Props) {
  return (
    <>
      <span className={error ? css.bad : css.quiet} role="status">
        {error ? messageOf(error) : 'A draft: segments still use what is saved'}
      </span>
      <Button onClick={onRevert}>Take back</Button>
      <Button variant="filled" loading={saving} onClick={onSave}>
        Save
      </Button>
    </>
  );
}
