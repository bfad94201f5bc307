import { Link } from '@tanstack/react-router';
import { relative } from '@/lib/format';
import type { TemplateSummary } from '@/lib/generated/api';
import { plain } from '../editor/make';
import { CardMenu } from './CardMenu';
import { Thumbnail } from './Thumbnail';
import css from './List.module.css';

/** A template as a card: what somebody gets, its subject, what uses it. */
export function TemplateCard({ template: t, contact }: { template: TemplateSummary; contact: number }) {
  return (
    <li className={css.card}>
      <Link to="/content/templates/$slug" params={{ slug: t.slug }} className={css.open}>
        <span className={css.picture}>
          <Thumbnail kind="template" slug={t.slug} version={t.version} contact={contact} />
        </span>
        <span className={css.title}>{t.name}</span>
        <span className={css.subject}>{plain(t.subject) || 'No subject'}</span>
      </Link>
      <div className={css.foot}>
        <span className={css.about} title={t.used_by.join(', ')}>
          Version {t.version}, {relative(t.updated_at)}
          {t.used_by.length > 0 && ` · used by ${t.used_by.length === 1 ? t.used_by[0] : t.used_by.length}`}
        </span>
        <CardMenu kind="template" slug={t.slug} name={t.name} usedBy={t.used_by} />
      </div>
    </li>
  );
}
