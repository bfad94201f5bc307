import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count } from '@/lib/format';
import { useStatus } from '@/lib/status';
import css from './Page.module.css';

/** Numbers of the workspace, each a way to what it counts. */
export function Facts() {
  const status = useStatus().data;
  if (!status) return null;
  return (
    <dl className={css.facts}>
      <Fact label="Contacts" to="/contacts">
        {count(status.contacts)}
      </Fact>
      <Fact label="Events" to="/data">
        {count(status.events)}
      </Fact>
      <Fact label="Products" to="/data">
        {count(status.products)}
      </Fact>
    </dl>
  );
}

export function Fact({ label, to, about, children }: { label: string; to: '/contacts' | '/data' | '/results'; about?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>
        <Link to={to}>{label}</Link>
      </dt>
      <dd>
        <span className={css.number}>{children}</span>
        {about}
      </dd>
    </div>
  );
}
