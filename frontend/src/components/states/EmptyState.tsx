import type { ReactNode } from 'react';
import { drawings, type Drawing } from './drawings';
import css from './states.module.css';

interface Props {
  /** What is not there: "No segments yet". */
  title: string;
  /** What it would be good for, in a sentence. */
  children?: ReactNode;
  /** The first step; the filled button is here when the page has nothing else. */
  action?: ReactNode;
  drawing?: Drawing;
}

/** A page or part with nothing in it: says what to do first. */
export function EmptyState({ title, children, action, drawing = 'letter' }: Props) {
  const Picture = drawings[drawing];
  return (
    <div className={css.empty}>
      <Picture />
      <h2 className={css.emptyTitle}>{title}</h2>
      {children && <div className={css.emptyText}>{children}</div>}
      {action && <div className={css.emptyAction}>{action}</div>}
    </div>
  );
}
