import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AppError, messageOf } from '@/lib/bridge';
import { relative } from '@/lib/format';
import css from './SaveProblem.module.css';

interface Props {
  error: Error | null;
  /** The newest saved version, asked for when somebody else has saved one. */
  newest: (signal: AbortSignal) => Promise<{ version: number; updated_at: number }>;
  /** Saves what would not come out for a test person; left out where there are none. */
  onAnyway?: () => void;
  /** Saves over the version that is there now. */
  onOver: (base: number) => void;
  /** Opens the newest version, without what was edited here. */
  onReload: () => void;
  onClose: () => void;
}

/** Saving failed: what happened, and the ways on. */
export function SaveProblem({ error, ...ways }: Props) {
  const conflict = error instanceof AppError && error.code === 'conflict';
  return (
    <Modal opened={error !== null} onClose={ways.onClose} title={conflict ? 'Somebody saved it in the meantime' : 'It was not saved'} withCloseButton={false}>
      {conflict ? <Conflict {...ways} /> : <Failure error={error} onAnyway={ways.onAnyway} onClose={ways.onClose} />}
    </Modal>
  );
}

function Failure({ error, onAnyway, onClose }: Pick<Props, 'error' | 'onAnyway' | 'onClose'>) {
  const tested = onAnyway && error instanceof AppError && error.field === 'test_people';
  return (
    <>
      <p role="alert">{error ? messageOf(error) : ''}</p>
      <div className={css.buttons}>
        {tested && (
          <Button
            onClick={() => {
              onClose();
              onAnyway();
            }}
          >
            Save anyway
          </Button>
        )}
        <Button variant="filled" onClick={onClose}>
          Go on editing
        </Button>
      </div>
    </>
  );
}

function Conflict({ newest, onOver, onReload, onClose }: Omit<Props, 'error' | 'onAnyway'>) {
  const there = useQuery({ queryKey: ['newest-version'], queryFn: ({ signal }) => newest(signal), staleTime: 0, gcTime: 0 });
  const then = (f: () => void) => {
    onClose();
    f();
  };
  return (
    <>
      <p>
        Version {there.data?.version ?? '…'} was saved {there.data ? relative(there.data.updated_at) : 'a moment ago'}, after you opened this. Nothing is lost: each save is a version of its own.
      </p>
      <div className={css.buttons}>
        <Button onClick={onClose}>Go on editing</Button>
        <Button onClick={() => then(onReload)}>Take theirs</Button>
        <Button variant="filled" disabled={!there.data} onClick={() => then(() => there.data && onOver(there.data.version))}>
          Save mine over it
        </Button>
      </div>
    </>
  );
}
