import { useParams } from '@tanstack/react-router';
import { Page } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useCampaign } from './api';
import { Campaign } from './Campaign';

/** The page of one campaign. */
export default function CampaignPage() {
  const { slug = '' } = useParams({ strict: false });
  const doc = useCampaign(slug);
  if (doc.data) return <Campaign key={slug} doc={doc.data} />;
  return (
    <Page title="Campaign" back={{ to: '/campaigns', label: 'Campaigns' }}>
      {doc.error ? <ErrorState error={doc.error} title="The campaign could not be read" onRetry={() => void doc.refetch()} /> : <LoadingRows />}
    </Page>
  );
}
