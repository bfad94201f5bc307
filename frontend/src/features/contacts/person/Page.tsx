import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function PersonPage() {
  return (
    <Page title="Contacts">
      <EmptyState title="No contacts yet" drawing="people">
        Import them from a CSV file.
      </EmptyState>
    </Page>
  );
}
