import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { backend, Refusal } from '@/testing/backend';
import { show } from '@/testing/render';
import { Workspace, type Job } from './generated/api';
import { progressOf, useRunJob, type RunJob } from './jobs';

const job = (part: Partial<Job>): Job => ({
  id: 'j1', kind: 'backup', title: 'Copy', state: 'running', done: 0, total: 0, unit: 'rows', rate: 0, message: '', started_at: 1, finished_at: 0, error: null, result: null, ...part,
});

function harness(onEnd: (j: Job) => void) {
  const held: { run: RunJob<number> | null } = { run: null };
  function Runs() {
    const run = useRunJob<number>(onEnd);
    held.run = run;
    return <p>{run.running ? 'running' : run.error ? run.error.message : `result ${run.result ?? 'none'}`}</p>;
  }
  show(<Runs />);
  return held;
}

describe('useRunJob', () => {
  it('follows a job to its end and tells it once', async () => {
    let asked = 0;
    backend({
      'Workspace.Backup': () => ({ job: 'j1' }),
      'Jobs.List': () => (asked++ < 2 ? [job({})] : [job({ state: 'done', result: 7, finished_at: 2 })]),
    });
    const onEnd = vi.fn();
    const held = harness(onEnd);
    act(() => held.run?.start(() => Workspace.backup('x')));
    await screen.findByText('running');
    await screen.findByText('result 7', undefined, { timeout: 3000 });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('tells why a job failed', async () => {
    backend({
      'Workspace.Backup': () => ({ job: 'j1' }),
      'Jobs.List': () => [job({ state: 'failed', error: { code: 'unavailable', message: 'the disk is full', field: '' } })],
    });
    const held = harness(() => {});
    act(() => held.run?.start(() => Workspace.backup('x')));
    expect(await screen.findByText('the disk is full')).toBeDefined();
  });

  it('tells why a job could not be started', async () => {
    backend({
      'Workspace.Backup': () => {
        throw new Refusal(400, 'invalid', 'name a file');
      },
      'Jobs.List': () => [],
    });
    const held = harness(() => {});
    act(() => held.run?.start(() => Workspace.backup('')));
    await waitFor(() => expect(screen.getByText('name a file')).toBeDefined());
  });
});

it('knows how far a job is only when its end is known', () => {
  expect(progressOf({ done: 5, total: 0 })).toBeUndefined();
  expect(progressOf({ done: 5, total: 10 })).toBe(0.5);
  expect(progressOf({ done: 12, total: 10 })).toBe(1);
});
