import { spotlight } from '@mantine/spotlight';
import { IconLock, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Keys } from '@/components/kbd/Keys';
import { useStatus } from '@/lib/status';
import { JobsTray } from './JobsTray';
import css from './Shell.module.css';
import { ThemeToggle } from './ThemeToggle';
import { WorkspaceMenu } from './WorkspaceMenu';
import { places } from './places';

/** The left rail: workspace, find, pages, running work. */
export function Rail() {
  const status = useStatus().data;
  return (
    <nav className={css.rail} aria-label="Pages">
      <WorkspaceMenu />
      {status?.read_only && (
        <p className={css.readonly}>
          <IconLock size={12} /> Open for reading only
        </p>
      )}
      <button type="button" className={css.find} onClick={() => spotlight.open()}>
        <IconSearch size={14} />
        <span>Find</span>
        <Keys keys="mod+k" />
      </button>
      <div className={css.places}>
        {places.map((p) => (
          <Link
            key={p.to}
            to={p.to}
            className={p.to === '/settings' ? `${css.place} ${css.apart}` : css.place}
            activeOptions={{ exact: p.to === '/', includeSearch: false }}
          >
            <p.icon size={17} stroke={1.6} />
            {p.label}
          </Link>
        ))}
      </div>
      <JobsTray />
      <div className={css.foot}>
        <ThemeToggle />
        <span className={css.version}>{status?.program_version}</span>
      </div>
    </nav>
  );
}
