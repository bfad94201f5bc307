import { Button, Tabs } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconDatabaseImport } from '@tabler/icons-react';
import { Page } from '@/components/page/Page';
import { useActions } from '@/lib/actions';
import { plural } from '@/lib/format';
import { useStatus } from '@/lib/status';
import { Batches } from './Batches';
import { Products } from './Products';
import { QualityList } from './QualityList';
import { RecommendationsTab } from './recommendations/Recommendations';

const tabs = ['imports', 'quality', 'products', 'recommendations'] as const;
type Tab = (typeof tabs)[number];

/** What came in, from where, and how it can be taken back. */
export default function DataPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const status = useStatus().data;
  const tab: Tab = tabs.find((t) => t === search.tab) ?? 'imports';
  useActions([{ name: 'data.import', label: 'Import a file', keys: 'n', section: 'Data', icon: IconDatabaseImport, keywords: ['csv', 'contacts', 'orders', 'products'], perform: () => void navigate({ to: '/data/import' }) }]);
  return (
    <Page
      title="Data"
      subtitle={status ? `${plural(status.contacts, 'contact')}, ${plural(status.events, 'event')}, ${plural(status.products, 'product')}` : ' '}
      actions={
        <Button component={Link} to="/data/import" variant="filled" leftSection={<IconDatabaseImport size={15} />}>
          Import a file
        </Button>
      }
      toolbar={
        <Tabs value={tab} onChange={(t) => void navigate({ to: '/data', search: { tab: t === 'imports' ? undefined : (t ?? undefined) }, replace: true })}>
          <Tabs.List>
            <Tabs.Tab value="imports">Imports</Tabs.Tab>
            <Tabs.Tab value="quality">Quality</Tabs.Tab>
            <Tabs.Tab value="products">Products</Tabs.Tab>
            <Tabs.Tab value="recommendations">Recommendations</Tabs.Tab>
          </Tabs.List>
        </Tabs>
      }
      body={tab === 'products' ? 'fill' : 'scroll'}
    >
      {tab === 'imports' && <Batches />}
      {tab === 'quality' && <QualityList />}
      {tab === 'products' && <Products />}
      {tab === 'recommendations' && <RecommendationsTab />}
    </Page>
  );
}
