import { Checkbox } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle, IconCalendarDue } from '@tabler/icons-react';
import { Sparkline } from '@/components/chart/Sparkline';
import { useNamed } from '@/components/condition/sentence';
import { count, date, plural, relative, share } from '@/lib/format';
import type { SegmentSummary } from '@/lib/generated/api';
import { isDue, placeOf, reviewOf } from './life/words';
import css from './segments.module.css';

interface Props {
  segments: SegmentSummary[];
  chosen: string[];
  onChoose: (slugs: string[]) => void;
}

/** Every segment on a line: what it says, who is in it, and who needs it. */
export function SegmentList({ segments, chosen, onChoose }: Props) {
  const toggle = (slug: string) => onChoose(chosen.includes(slug) ? chosen.filter((s) => s !== slug) : [...chosen, slug]);
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th className={css.pick}>
            <span className="visually-hidden">Compare</span>
          </th>
          <th>Name</th>
          <th>Who is in it</th>
          <th className={css.right}>People</th>
          <th>Share</th>
          <th>Last 30 days</th>
          <th>Used by</th>
          <th className={css.changed}>Changed</th>
        </tr>
      </thead>
      <tbody>
        {segments.map((s) => (
          <Line key={s.slug} segment={s} chosen={chosen.includes(s.slug)} onToggle={() => toggle(s.slug)} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ segment: s, chosen, onToggle }: { segment: SegmentSummary; chosen: boolean; onToggle: () => void }) {
  const navigate = useNavigate();
  const named = useNamed();
  return (
    <tr className={css.line} onClick={() => void navigate({ to: '/segments/$slug', params: { slug: s.slug } })}>
      <td className={css.pick} onClick={(e) => e.stopPropagation()}>
        <Checkbox aria-label={`Compare ${s.name}`} checked={chosen} onChange={onToggle} />
      </td>
      <td>
        <Link to="/segments/$slug" params={{ slug: s.slug }} className={css.name}>
          {s.name}
        </Link>
        <About segment={s} />
      </td>
      <td className={css.sentence} title={s.error || s.sentence}>
        {s.error ? (
          <span className={css.bad}>
            <IconAlertTriangle size={14} /> {s.error}
          </span>
        ) : (
          <span className={css.clamp}>{named(s.sentence)}</span>
        )}
      </td>
      <td className={css.right}>{s.count < 0 ? '–' : count(s.count)}</td>
      <td className={css.shareCell}>
        <ShareBar part={s.count} total={s.total} />
      </td>
      <td className={css.trend}>
        <Sparkline values={s.trend} label={trendOf(s.trend)} width={96} height={28} />
      </td>
      <td className={css.used} title={s.used_by.join(', ')}>
        {s.used_by.length === 0 ? <span className={css.muted}>nothing yet</span> : <span className={css.clamp}>{usedBy(s.used_by)}</span>}
      </td>
      <td className={css.changed}>{relative(s.updated_at)}</td>
    </tr>
  );
}

/** What a segment is beside its condition: when it must be looked at, a fixed list, its place in a group, its owner. */
function About({ segment: s }: { segment: SegmentSummary }) {
  const due = isDue(s.review_on);
  const words = [s.frozen_at > 0 && `fixed list since ${date(s.frozen_at)}`, placeOf(s.place), s.owner].filter(Boolean).join(' · ');
  if (!due && words === '') return null;
  return (
    <div className={css.aboutIt} title={words}>
      {due && (
        <span className={css.due}>
          <IconCalendarDue size={13} aria-hidden /> {reviewOf(s.review_on)}
          {words !== '' && ' · '}
        </span>
      )}
      {words}
    </div>
  );
}

/** "from 60 to 68 people in 12 days", for those who do not see the line. */
export function trendOf(sizes: number[]): string {
  return `from ${count(sizes[0] ?? 0)} to ${count(sizes.at(-1) ?? 0)} people in ${plural(Math.max(1, sizes.length - 1), 'day')}`;
}

/** "campaign autumn", or "campaign autumn and 2 more". */
export function usedBy(users: string[]): string {
  const [first = '', ...more] = users;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

export function ShareBar({ part, total }: { part: number; total: number }) {
  if (part < 0 || total <= 0) return null;
  return (
    <span className={css.share}>
      <span className={css.shareBar}>
        <span style={{ width: `${(100 * part) / total}%` }} />
      </span>
      <span className={css.shareText}>{share(part, total)}</span>
    </span>
  );
}
