import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Bone } from '@/components/states/Loading';
import { count, money, share } from '@/lib/format';
import type { HomePage, Trade } from '@/lib/generated/api';
import { useCurrency } from '@/lib/status';
import css from './Page.module.css';

/** Numbers of the workspace; those of trade come when they are added up. */
export function Facts({ home, trade }: { home: HomePage; trade: Trade | undefined }) {
  const currency = useCurrency();
  if (home.contacts === 0) return null;
  return (
    <dl className={css.facts}>
      <Fact label={<Link to="/contacts">Contacts</Link>}>{count(home.contacts)}</Fact>
      <Fact label="Agreed to marketing" about={share(home.permitted, home.contacts)}>
        {count(home.permitted)}
      </Fact>
      <Fact label="Orders in 30 days">{trade ? count(trade.orders_30d) : <Bone width="56px" />}</Fact>
      <Fact label="Revenue in 30 days">{trade ? money(trade.revenue_30d, currency, { round: true }) : <Bone width="80px" />}</Fact>
      <Fact label="Events in 30 days">{trade ? count(trade.events_30d) : <Bone width="64px" />}</Fact>
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
