import { Outlet, useNavigate } from '@tanstack/react-router';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { Welcome } from '@/features/welcome/Welcome';
import { useActions } from '@/lib/actions';
import { useFollowWorkspace, useStatus } from '@/lib/status';
import { Palette } from './Palette';
import { Rail } from './Rail';
import css from './Shell.module.css';
import { Shortcuts } from './Shortcuts';
import { places } from './places';
import { useThemeActions } from './theme-actions';

/** The window: rail and page, or the welcome while nothing is open. */
export function Shell() {
  useFollowWorkspace();
  useThemeActions();
  const status = useStatus();
  if (status.data?.open) return <Opened />;
  if (status.data) return <Welcome version={status.data.program_version} />;
  if (status.error) {
    return (
      <div className={css.alone}>
        <ErrorState error={status.error} title="Mailwright cannot be reached" onRetry={() => void status.refetch()} />
      </div>
    );
  }
  return (
    <div className={css.alone}>
      <LoadingRows rows={4} label="Opening" />
    </div>
  );
}

function Opened() {
  const navigate = useNavigate();
  useActions(places.map((p) => ({ name: `go ${p.to}`, label: p.label, keys: p.keys, section: 'Go to', icon: p.icon, keywords: p.keywords, perform: () => void navigate({ to: p.to }) })));
  return (
    <div className={css.shell}>
      <Rail />
      <div className={css.page}>
        <Outlet />
      </div>
      <Palette />
      <Shortcuts />
    </div>
  );
}
