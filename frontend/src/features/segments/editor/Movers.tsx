import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Condition } from '@/components/condition/node';
import { chooseSavePath } from '@/components/files/files';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { failed, said } from '@/components/toast/toast';
import { count, plural } from '@/lib/format';
import { Segments, type SegmentMover, type SegmentMovers } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import { useMovers } from '../api';
import { useZone } from '@/lib/status';
import { dayBefore, endOfDay, startOfDay } from './days';
import css from './editor.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  condition: Condition;
}

/** Who came into a condition and who left it between two days, and which part of it turned. */
export function Movers({ opened, onClose, condition }: Props) {
  const zone = useZone();
  const [from, setFrom] = useState(() => dayBefore(30, zone));
  const [to, setTo] = useState('');
  const begin = startOfDay(from, zone);
  const movers = useMovers(condition, begin, endOfDay(to, zone), opened && begin > 0);
  const job = useRunJob<{ rows: number; path: string }>((ended) => {
    if (ended.state === 'done') said(`${plural((ended.result as { rows: number }).rows, 'person', 'people')} written.`);
    else if (ended.error) failed(new Error(ended.error.message), 'The file was not written');
  });
  const write = async () => {
    const path = await chooseSavePath({ title: 'Export who came and went', defaultName: `came-and-went-${from}.csv` });
    if (path) job.start(() => Segments.exportMovers({ slug: '', condition, from: begin, to: endOfDay(to, zone), path }));
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Who came and who went" size={760}>
      <div className={css.span}>
        <TextInput type="date" label="From the beginning of" value={from} max={dayBefore(0, zone)} onChange={(e) => setFrom(e.currentTarget.value)} />
        <TextInput type="date" label="To the end of" description={to === '' ? 'Up to now' : undefined} inputWrapperOrder={['label', 'input', 'description']} value={to} max={dayBefore(0, zone)} onChange={(e) => setTo(e.currentTarget.value)} />
        <Button loading={job.running} disabled={!movers.data || movers.data.came + movers.data.went === 0} onClick={() => void write()}>
          Export all
        </Button>
      </div>
      {movers.error && <ErrorState error={movers.error} title="It could not be told" onRetry={() => void movers.refetch()} />}
      {movers.isPending && begin > 0 && <LoadingRows rows={5} />}
      {movers.data && <Answer movers={movers.data} stale={movers.isPlaceholderData} />}
    </Modal>
  );
}

function Answer({ movers, stale }: { movers: SegmentMovers; stale: boolean }) {
  const listed = movers.people.length;
  return (
    <div data-stale={stale || undefined} className={css.answer}>
      <p role="status">
        <strong>{count(movers.before)}</strong> at the beginning, <strong>{count(movers.now)}</strong> at the end: <strong>{count(movers.came)}</strong> came, <strong>{count(movers.went)}</strong> went. Attributes count as they are now.
      </p>
      {listed > 0 && (
        <div className={css.moversScroll} tabIndex={0} role="region" aria-label="People who came and went">
          <table className={css.movers}>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Change</th>
                <th scope="col">What turned</th>
              </tr>
            </thead>
            <tbody>
              {movers.people.map((p) => (
                <Mover key={p.person.id} mover={p} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {listed < movers.came + movers.went && <p className={css.muted}>The first {count(listed)} are listed; the export has all.</p>}
    </div>
  );
}

function Mover({ mover }: { mover: SegmentMover }) {
  return (
    <tr>
      <td>
        <Link to="/contacts/$id" params={{ id: String(mover.person.id) }}>
          {mover.person.name || mover.person.email}
        </Link>
      </td>
      <td>{mover.came ? '+ came' : '− went'}</td>
      <td>
        {mover.why.map((w) => (
          <div key={w.sentence}>
            {w.sentence}: <span className={css.muted}>{w.before}</span> → {w.now}
          </div>
        ))}
      </td>
    </tr>
  );
}
