import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function CampaignsPage() {
  return (
    <Page title="Campaigns">
      <EmptyState title="No campaigns yet" drawing="letter">
        A campaign sends a template to a segment, after a check of every message.
      </EmptyState>
    </Page>
  );
}
