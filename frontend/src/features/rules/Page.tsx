import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useActions } from '@/lib/actions';
import { plural, relative } from '@/lib/format';
import { useRules } from './api';
import css from './rules.module.css';

/** Stands for the slug of a rule that has none yet; no slug can be so written. */
export const newSlug = '_new';

/** All shared rules. */
export default function RulesPage() {
  const navigate = useNavigate();
  const rules = useRules();
  const make = () => void navigate({ to: '/rules/$slug', params: { slug: newSlug } });
  useActions([{ name: 'rule.new', label: 'New rule', keys: 'n', section: 'Rules', icon: IconPlus, perform: make }]);
  const button = (
    <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={make}>
      New rule
    </Button>
  );
  const list = rules.data;
  return (
    <Page title="Rules" subtitle={list ? plural(list.length, 'rule') : ' '} actions={list && list.length > 0 && button}>
      {rules.error && <ErrorState error={rules.error} title="The rules could not be read" onRetry={() => void rules.refetch()} />}
      {rules.isPending && <LoadingRows rows={6} />}
      {list?.length === 0 && (
        <EmptyState title="No rules yet" drawing="fork" action={button}>
          A rule chooses one thing for each person: the first branch that applies is taken. Blocks of an e-mail use it to show each their own version.
        </EmptyState>
      )}
      {list && list.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th>Name</th>
              <th>How it chooses</th>
              <th className={css.right}>Branches</th>
              <th>Used by</th>
              <th>Changed</th>
            </tr>
          </thead>
          <tbody>
            {list.map((r) => (
              <tr key={r.slug} onClick={() => void navigate({ to: '/rules/$slug', params: { slug: r.slug } })}>
                <td>
                  <Link to="/rules/$slug" params={{ slug: r.slug }} className={css.name}>
                    {r.name}
                  </Link>
                </td>
                <td className={css.muted}>
                  <span className={css.clamp}>{r.note || r.sentence}</span>
                </td>
                <td className={css.right}>{r.branches}</td>
                <td className={css.muted}>{r.used_by.length > 0 ? <span className={css.clamp}>{r.used_by.join(', ')}</span> : 'nothing yet'}</td>
                <td className={css.muted}>{relative(r.updated_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
