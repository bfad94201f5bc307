import { EmptyState } from '@/components/states/EmptyState';

/** The e-mail services that campaigns are handed to. */
export function Senders() {
  return (
    <EmptyState title="No sender yet" drawing="letter">
      A sender is the e-mail service that your campaigns are handed to.
    </EmptyState>
  );
}
