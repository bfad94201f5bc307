import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function RulesPage() {
  return (
    <Page title="Rules">
      <EmptyState title="No rules yet" drawing="fork">
        A rule chooses, from top to bottom, what each contact gets.
      </EmptyState>
    </Page>
  );
}
