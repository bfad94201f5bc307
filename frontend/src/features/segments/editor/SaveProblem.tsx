import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { AppError, messageOf } from '@/lib/bridge';
import { Segments } from '@/lib/generated/api';
import { relative } from '@/lib/format';
import { useQuery } from '@tanstack/react-query';
import css from '../segments.module.css';

interface Props {
  error: Error | null;
  slug: string;
  /** Saves over the version that is there now. */
  onOver: (base: number) => void;
  onReload: () => void;
  onClose: () => void;
}

/** Saving failed: what happened, and the ways on. */
export function SaveProblem({ error, slug, onOver, onReload, onClose }: Props) {
  const conflict = error instanceof AppError && error.code === 'conflict' && slug !== '';
  return (
    <Modal opened={error !== null} onClose={onClose} title={conflict ? 'Somebody saved it in the meantime' : 'It was not saved'} withCloseButton={false}>
      {conflict ? <Conflict slug={slug} onOver={onOver} onReload={onReload} onClose={onClose} /> : <Failure error={error} onClose={onClose} />}
    </Modal>
  );
}

function Failure({ error, onClose }: { error: Error | null; onClose: () => void }) {
  return (
    <>
      <p role="alert">{error ? messageOf(error) : ''}</p>
      <div className={css.dialogButtons}>
        <Button variant="filled" onClick={onClose}>
          Go on editing
        </Button>
      </div>
    </>
  );
}

function Conflict({ slug, onOver, onReload, onClose }: Omit<Props, 'error'>) {
  const newest = useQuery({ queryKey: ['segments', 'newest', slug], queryFn: ({ signal }) => Segments.get(slug, signal), staleTime: 0, gcTime: 0 });
  const [gone, setGone] = useState(false);
  const then = (f: () => void) => {
    setGone(true);
    onClose();
    f();
  };
  return (
    <>
      <p>
        Version {newest.data?.version ?? '…'} was saved {newest.data ? relative(newest.data.updated_at) : 'a moment ago'}, after you opened the segment. Nothing is lost: each save is a version of its own.
      </p>
      <div className={css.dialogButtons}>
        <Button onClick={onClose}>Go on editing</Button>
        <Button onClick={() => then(onReload)}>Take theirs</Button>
        <Button variant="filled" disabled={!newest.data || gone} onClick={() => then(() => newest.data && onOver(newest.data.version))}>
          Save mine over it
        </Button>
      </div>
    </>
  );
}
