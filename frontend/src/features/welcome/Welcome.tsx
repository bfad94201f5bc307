import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBuildingStore, IconFilePlus, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { chooseFile } from '@/components/files/files';
import { Mark } from '@/components/mark/Mark';
import { failed } from '@/components/toast/toast';
import { messageOf } from '@/lib/bridge';
import { count } from '@/lib/format';
import { Workspace } from '@/lib/generated/api';
import { progressOf, useRunJob } from '@/lib/jobs';
import { statusKey } from '@/lib/query';
import { useEnterWorkspace, workspaceFiles } from '@/lib/workspace';
import { NewWorkspace } from './NewWorkspace';
import { Picture } from './Picture';
import { Recent } from './Recent';
import css from './Welcome.module.css';

/** Shown while no workspace is open: try, make or open one. */
export function Welcome({ version }: { version: string }) {
  const [making, setMaking] = useState(false);
  const enter = useEnterWorkspace((e) => failed(e, 'The workspace could not be opened'));
  const demo = useDemo();
  useEffect(() => {
    document.title = 'Mailwright';
  }, []);
  const open = (path: string) => enter.mutate(() => Workspace.open(path));
  const choose = () => void chooseFile({ title: 'Open a workspace', filters: workspaceFiles, inPlace: true }).then((path) => path && open(path), failed);
  return (
    <main className={css.welcome} aria-label="Welcome">
      <div className={css.left}>
        <div className={css.name}>
          <Mark size={28} /> Mailwright <span className={css.version}>{version}</span>
        </div>
        <h1 className={css.title}>The right e-mail to each customer, from your own laptop</h1>
        <p className={css.text}>
          Your contacts stay in one file on this machine. See exactly what any person will get and why, check everybody before sending, and send through the service you already use.
        </p>
        {demo.running ? (
          <DemoProgress done={demo.job?.done ?? 0} total={demo.job?.total ?? 0} onCancel={demo.cancel} />
        ) : (
          <div className={css.ways}>
            <Button variant="filled" size="sm" leftSection={<IconBuildingStore size={16} />} onClick={demo.begin}>
              Try the demo shop
            </Button>
            <Button size="sm" leftSection={<IconFilePlus size={16} />} onClick={() => setMaking(true)}>
              New workspace
            </Button>
            <Button size="sm" leftSection={<IconFolderOpen size={16} />} onClick={choose} loading={enter.isPending}>
              Open…
            </Button>
          </div>
        )}
        {demo.error && (
          <p className={css.error} role="alert">
            {messageOf(demo.error)}
          </p>
        )}
        <Recent onOpen={open} />
      </div>
      <div className={css.right}>
        <Picture />
      </div>
      <NewWorkspace opened={making} onClose={() => setMaking(false)} />
    </main>
  );
}

function useDemo() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const run = useRunJob((job) => {
    if (job.state !== 'done') return;
    void navigate({ to: '/' }).then(() => client.invalidateQueries({ queryKey: statusKey }));
  });
  return { ...run, begin: () => run.start(() => Workspace.createDemo({ path: '', contacts: 0, events: 0, seed: 0 })) };
}

function DemoProgress({ done, total, onCancel }: { done: number; total: number; onCancel: () => void }) {
  const progress = progressOf({ done, total });
  return (
    <div className={css.progress} role="status">
      <div className={css.progressLine}>
        <span>{total > 0 ? `Making the demo shop: ${count(done)} of ${count(total)} contacts` : 'Making the demo shop…'}</span>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Stop
        </Button>
      </div>
      <Progress size={4} value={100 * (progress ?? 0)} aria-label="Making the demo shop" />
    </div>
  );
}
