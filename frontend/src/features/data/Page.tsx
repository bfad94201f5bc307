import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function DataPage() {
  return (
    <Page title="Data">
      <EmptyState title="Nothing imported yet" drawing="sheet">
        Bring contacts, events and products from CSV files.
      </EmptyState>
    </Page>
  );
}
