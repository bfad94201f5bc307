import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { Workspace } from '@/lib/generated/api';
import { GeneralForm } from './GeneralForm';

/** What the workspace is called, and what its e-mails start from. */
export function General() {
  const settings = useQuery({ queryKey: ['workspace', 'settings'], queryFn: ({ signal }) => Workspace.settings(signal) });
  if (settings.error) return <ErrorState error={settings.error} title="The settings could not be read" onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <LoadingRows rows={8} label="Reading the settings" />;
  return <GeneralForm saved={settings.data} />;
}
