import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import panels from './panels.module.css';

interface Props {
  title: string;
  onClose: () => void;
  /** A line under the title: what can be done with what is listed. */
  head?: ReactNode;
  children: ReactNode;
}

/** A list beside the page, for as long as it is looked at. */
export function SideDrawer({ title, onClose, head, children }: Props) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={600}
      title={title}
      padding={0}
      overlayProps={{ backgroundOpacity: 0.2 }}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: panels.drawer, header: panels.drawerHead, title: panels.drawerTitle, body: panels.drawerBody }}
    >
      {head && <div className={panels.drawerTools}>{head}</div>}
      {children}
    </Drawer>
  );
}
