import { Checkbox } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNamed } from '@/components/condition/sentence';
import { count, relative, share } from '@/lib/format';
import type { SegmentSummary } from '@/lib/generated/api';
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
      <td className={css.used} title={s.used_by.join(', ')}>
        {s.used_by.length === 0 ? <span className={css.muted}>nothing yet</span> : <span className={css.clamp}>{usedBy(s.used_by)}</span>}
      </td>
      <td className={css.changed}>{relative(s.updated_at)}</td>
    </tr>
  );
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
