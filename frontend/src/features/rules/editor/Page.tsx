import { useNavigate, useParams } from '@tanstack/react-router';
import { Page } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { newSlug } from '../Page';
import { useRule } from '../api';
import { newBranch } from '../draft';
import { RuleEditor } from './RuleEditor';

/** A rule's own page. */
export default function RulePage() {
  const params = useParams({ strict: false }) as { slug?: string };
  const navigate = useNavigate();
  if (params.slug === undefined || params.slug === newSlug) {
    return <RuleEditor opened={{ slug: '', name: '', note: '', rule: { branches: [newBranch()], default: '' }, version: 0, updated_at: 0 }} onReload={() => void navigate({ to: '/rules' })} />;
  }
  return <Opened key={params.slug} slug={params.slug} />;
}

function Opened({ slug }: { slug: string }) {
  const rule = useRule(slug);
  if (rule.data && !rule.isFetching) return <RuleEditor key={rule.data.version} opened={rule.data} onReload={() => void rule.refetch()} />;
  return (
    <Page title="Rule" back={{ to: '/rules', label: 'Rules' }}>
      {rule.error ? <ErrorState error={rule.error} title="This rule could not be opened" onRetry={() => void rule.refetch()} /> : <LoadingRows rows={6} />}
    </Page>
  );
}
