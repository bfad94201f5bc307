import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export default function SettingsPage() {
  return (
    <Page title="Settings">
      <EmptyState title="Settings" drawing="letter">
        Workspace, sender and appearance.
      </EmptyState>
    </Page>
  );
}
