import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count, money, share } from '@/lib/format';
import type { HomePage } from '@/lib/generated/api';
import { useCurrency } from '@/lib/status';
import css from './Page.module.css';

/** Numbers of the workspace. */
export function Facts({ home }: { home: HomePage }) {
  const currency = useCurrency();
  if (home.contacts === 0) return null;
  return (
    <dl className={css.facts}>
      <Fact label={<Link to="/contacts">Contacts</Link>}>{count(home.contacts)}</Fact>
      <Fact label="Agreed to marketing" about={share(home.permitted, home.contacts)}>
        {count(home.permitted)}
      </Fact>
      <Fact label="Orders in 30 days">{count(home.orders_30d)}</Fact>
      <Fact label="Revenue in 30 days">{money(home.revenue_30d, currency, { round: true })}</Fact>
      <Fact label="Events in 30 days">{count(home.events_30d)}</Fact>
    </dl>
  );
}

function Fact({ label, about, children }: { label: ReactNode; about?: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>
        <span className={css.number}>{children}</span>
        {about && <span className={css.about}>{about}</span>}
      </dd>
    </div>
  );
}
