import { Button } from '@mantine/core';
import { messageOf } from '@/lib/bridge';
import css from './states.module.css';

interface Props {
  error: unknown;
  /** What could not be done: "The contacts could not be read". */
  title?: string;
  onRetry?: () => void;
}

/** Something failed: what happened, in the program's words, and trying again. */
export function ErrorState({ error, title = 'This could not be shown', onRetry }: Props) {
  return (
    <div className={css.error} role="alert">
      <p className={css.errorTitle}>{title}</p>
      <p>{messageOf(error)}</p>
      {onRetry && (
        <Button mt="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
