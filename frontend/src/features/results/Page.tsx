import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function ResultsPage() {
  return (
    <Page title="Results">
      <EmptyState title="No results yet" drawing="bars">
        What was sent, what came back and what was bought shows here.
      </EmptyState>
    </Page>
  );
}
