import { Link } from '@tanstack/react-router';
import { relative } from '@/lib/format';
import type { BlockSummary } from '@/lib/generated/api';
import { useKinds } from '../api';
import { labelOf } from '../fields/form';
import { CardMenu } from './CardMenu';
import { Thumbnail } from './Thumbnail';
import css from './List.module.css';

/** A reusable block: what it looks like, what it is made of, where it stands. */
export function BlockCard({ block: b, contact }: { block: BlockSummary; contact: number }) {
  const kinds = useKinds().data ?? [];
  return (
    <li className={css.block}>
      <Link to="/content/blocks/$slug" params={{ slug: b.slug }} className={css.blockOpen}>
        <span className={css.strip}><Thumbnail kind="block" slug={b.slug} version={b.version} contact={contact} /></span>
        <span className={css.blockWords}>
          <span className={css.title}>{b.name}</span>
          <span className={css.about}>{b.kinds.map((k) => labelOf(kinds, k)).join(', ') || 'Empty'}</span>
        </span>
      </Link>
      <span className={css.uses}>
        {b.used_by.length === 0 ? 'Used nowhere' : `In ${b.used_by.map((u) => u.replace(/^(template|block) /, '')).join(', ')}`}
        <span className={css.about}>
          Version {b.version}, {relative(b.updated_at)}
        </span>
      </span>
      <CardMenu kind="block" slug={b.slug} name={b.name} usedBy={b.used_by} />
    </li>
  );
}
