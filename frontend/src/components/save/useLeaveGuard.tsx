import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';

/** Asks before a page with unsaved work is left; draw what it gives. */
export function useLeaveGuard(unsaved: () => boolean, name: string): ReactNode {
  const leaving = useBlocker({ shouldBlockFn: unsaved, withResolver: true, enableBeforeUnload: false });
  return (
    <ConfirmDialog opened={leaving.status === 'blocked'} title="Leave without saving?" confirm="Leave" danger onConfirm={() => leaving.proceed?.()} onClose={() => leaving.reset?.()}>
      What you changed in “{name}” is not saved yet and will be lost.
    </ConfirmDialog>
  );
}
