import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function SegmentsPage() {
  return (
    <Page title="Segments">
      <EmptyState title="No segments yet" drawing="sieve">
        A segment is a named condition: who is in it is counted as you write it.
      </EmptyState>
    </Page>
  );
}
