import { Link, useNavigate } from '@tanstack/react-router';
import { Chip } from '@/components/chip/Chip';
import { StackBar } from '@/components/stack/StackBar';
import { count, relative } from '@/lib/format';
import type { CampaignSummary } from '@/lib/generated/api';
import { nextOf, partsOf, standingOf } from '@/lib/outbox';
import { useSegments } from './api';
import { CampaignMenu } from './CampaignMenu';
import css from './list.module.css';

/** Every campaign on a line: where it stands, whom it is for, what came back, what is next. */
export function CampaignList({ campaigns }: { campaigns: CampaignSummary[] }) {
  const segments = useSegments().data ?? [];
  const names = new Map(segments.map((s) => [s.slug, s.name]));
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>State</th>
          <th>Audience</th>
          <th className={css.right}>Accepted</th>
          <th className={css.right}>Rejected</th>
          <th className={css.right}>Unknown</th>
          <th>Next</th>
          <th className={css.changed}>Changed</th>
          <th>
            <span className="visually-hidden">More</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((c) => (
          <Line key={c.slug} campaign={c} audience={audienceInWords(c, names)} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ campaign: c, audience }: { campaign: CampaignSummary; audience: string }) {
  const navigate = useNavigate();
  const standing = standingOf(c);
  const drafted = c.state === 'draft';
  const number = (n: number | undefined) => (drafted ? <span className={css.muted}>–</span> : count(n ?? 0));
  return (
    <tr className={css.row} onClick={() => void navigate({ to: '/campaigns/$slug', params: { slug: c.slug } })}>
      <td>
        <Link to="/campaigns/$slug" params={{ slug: c.slug }} className={css.name} onClick={(e) => e.stopPropagation()}>
          {c.name}
        </Link>
      </td>
      <td>
        <span className={css.stateCell}>
          <Chip tone={standing.tone}>{standing.words}</Chip>
          {!drafted && <StackBar parts={partsOf(c.counts)} unit="messages" />}
        </span>
      </td>
      <td className={css.soft} title={audience}>
        {audience}
      </td>
      <td className={css.right}>{number(c.counts.accepted)}</td>
      <td className={css.right}>{number(c.counts.rejected)}</td>
      <td className={css.right}>{number(c.counts.unknown)}</td>
      <td className={css.soft}>{nextOf(c)}</td>
      <td className={`${css.soft} ${css.changed}`}>{relative(c.updated_at)}</td>
      {/* A click in the menu or its dialog is not one on the line, though React would pass it on. */}
      <td className={css.menuCell} onClick={(e) => e.stopPropagation()}>
        <CampaignMenu slug={c.slug} name={c.name} sending={c.live} sent={!drafted && c.state !== 'planned'} />
      </td>
    </tr>
  );
}

/** "Best customers or Readers, without Dormant". */
export function audienceInWords(c: Pick<CampaignSummary, 'include' | 'exclude'>, names: ReadonlyMap<string, string>): string {
  const said = (slugs: string[]) => slugs.map((s) => names.get(s) ?? s).join(' or ');
  const include = c.include.length === 0 ? 'All contacts' : said(c.include);
  return c.exclude.length === 0 ? include : `${include}, without ${said(c.exclude)}`;
}
