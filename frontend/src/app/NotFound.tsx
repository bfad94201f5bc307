import { Link } from '@tanstack/react-router';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';

export function NotFound() {
  return (
    <Page title="Nothing here">
      <EmptyState title="There is no such page" action={<Link to="/">Go home</Link>}>
        It may have been removed, or the address has a mistake.
      </EmptyState>
    </Page>
  );
}
