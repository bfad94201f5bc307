import { modals } from '@mantine/modals';
import { useBlocker } from '@tanstack/react-router';

/** Asks before a page with unsaved changes is left. */
export function useLeaving(changed: boolean): void {
  useBlocker({
    disabled: !changed,
    enableBeforeUnload: changed,
    shouldBlockFn: () =>
      new Promise<boolean>((resolve) => {
        modals.openConfirmModal({
          title: 'Leave without saving?',
          children: 'What you changed since the last version will be lost.',
          labels: { confirm: 'Leave', cancel: 'Stay' },
          confirmProps: { variant: 'filled', color: 'red' },
          onConfirm: () => resolve(false),
          onCancel: () => resolve(true),
          onClose: () => resolve(true), // after an answer it changes nothing
        });
      }),
  });
}
