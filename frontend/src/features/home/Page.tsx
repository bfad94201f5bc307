import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function HomePage() {
  return (
    <Page title="Home">
      <EmptyState title="Welcome" drawing="letter">
        Facts of the workspace show here.
      </EmptyState>
    </Page>
  );
}
