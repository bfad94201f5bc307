import { EmptyState } from '@/components/states/EmptyState';

/** Shown while no workspace is open. */
export function Welcome({ version }: { version: string }) {
  return <EmptyState title={`Mailwright ${version}`}>Open a workspace to begin.</EmptyState>;
}
