import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import css from './Page.module.css';

interface Props {
  title: string;
  /** What stands for the title when it is more than text, such as a name that can be edited. */
  heading?: ReactNode;
  subtitle?: ReactNode;
  /** Where this page belongs to, shown above its title. */
  back?: { to: string; label: string };
  /** Buttons at the right of the head; at most one of them filled. */
  actions?: ReactNode;
  /** A line under the head that stays while the body scrolls. */
  toolbar?: ReactNode;
  /**
   * scroll: the body scrolls, with margins. narrow: the same, no wider than a
   * text. fill: the body has the rest of the window, without margins, and
   * scrolls what it wants itself.
   */
  body?: 'scroll' | 'narrow' | 'fill';
  children: ReactNode;
}

/** The frame of every page: head, optional toolbar, body. */
export function Page({ title, heading, subtitle, back, actions, toolbar, body = 'scroll', children }: Props) {
  useEffect(() => {
    document.title = `${title} – Mailwright`;
  }, [title]);
  return (
    <main className={css.page} aria-label={title}>
      <header className={css.head}>
        <div className={css.titles}>
          {back && (
            <Link to={back.to} className={css.back}>
              <IconArrowLeft size={14} /> {back.label}
            </Link>
          )}
          <h1 className={css.title}>{heading ?? title}</h1>
          {subtitle && <div className={css.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {toolbar && <div className={css.toolbar}>{toolbar}</div>}
      <div className={css[body]}>{body === 'narrow' ? <div className={css.measure}>{children}</div> : children}</div>
    </main>
  );
}

/** A part of a page with a small head. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <header className={css.sectionHead}>
        <h2>{title}</h2>
        {aside && <div className={css.sectionAside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
