import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useActions } from '@/lib/actions';
import { plural } from '@/lib/format';
import { useCampaigns } from './api';
import { CampaignList } from './CampaignList';
import { NewCampaign } from './NewCampaign';

/** All campaigns; with ?new=1 the dialog for another one is open. */
export default function CampaignsPage() {
  const campaigns = useCampaigns();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const [making, setMaking] = useState(search.new === '1');
  useActions([{ name: 'campaign.new', label: 'New campaign', keys: 'n', section: 'Campaigns', icon: IconPlus, perform: () => setMaking(true) }]);
  const list = campaigns.data;
  const button = (
    <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New campaign
    </Button>
  );
  return (
    <Page title="Campaigns" subtitle={list && list.length > 0 ? plural(list.length, 'campaign') : ' '} actions={list && list.length > 0 && button}>
      {campaigns.error && <ErrorState error={campaigns.error} title="The campaigns could not be read" onRetry={() => void campaigns.refetch()} />}
      {campaigns.isPending && <LoadingRows />}
      {list?.length === 0 && (
        <EmptyState title="No campaigns yet" drawing="letter" action={button}>
          A campaign sends a template to a segment, after a check of every message.
        </EmptyState>
      )}
      {list && list.length > 0 && <CampaignList campaigns={list} />}
      <NewCampaign opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}
