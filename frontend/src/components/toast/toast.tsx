import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { messageOf } from '@/lib/bridge';
import css from './toast.module.css';

/** Says what was done, with a way back where there is one. */
export function said(message: string, undo?: () => void): void {
  const id = notifications.show({
    withCloseButton: true,
    autoClose: undo ? 10_000 : 5_000,
    color: 'moss',
    icon: <IconCheck size={16} />,
    message: (
      <span className={css.line}>
        <span>{message}</span>
        {undo && (
          <Button
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            Undo
          </Button>
        )}
      </span>
    ),
  });
}

/** Says what failed, and leaves it until it is closed. */
export function failed(error: unknown, title?: string): void {
  notifications.show({
    title,
    message: messageOf(error),
    color: 'red',
    icon: <IconAlertTriangle size={16} />,
    autoClose: false,
    withCloseButton: true,
  });
}
