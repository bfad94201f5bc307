import { modals } from '@mantine/modals';

/** Somebody saved a newer version meanwhile: theirs stays in the list of versions either way. */
export function askConflict(onOver: () => void): void {
  modals.openConfirmModal({
    title: 'There is a newer version',
    children: 'It was saved elsewhere since you began. Saving makes yours the newest; the other stays in the list of versions.',
    labels: { confirm: 'Save mine as the newest', cancel: 'Not yet' },
    confirmProps: { variant: 'filled' },
    onConfirm: onOver,
  });
}
