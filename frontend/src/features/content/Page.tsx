import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function ContentPage() {
  return (
    <Page title="Content">
      <EmptyState title="No templates yet" drawing="blocks">
        A template is an e-mail made of blocks, each with variants that rules choose from.
      </EmptyState>
    </Page>
  );
}
