import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { AppError, type ErrorCode } from './bridge';
import { Jobs, type Job, type JobStarted } from './generated/api';
import { jobsKey, statusKey } from './query';

const whileRunning = 250;
const whileIdle = 2000;

/** All jobs of the program, newest first. */
export function useJobs(): Job[] {
  const jobs = useQuery({
    queryKey: jobsKey,
    queryFn: ({ signal }) => Jobs.list(signal),
    refetchInterval: (query) => (query.state.data?.some((j) => j.state === 'running') ? whileRunning : whileIdle),
    staleTime: whileRunning,
  });
  return jobs.data ?? [];
}

/** One job as last seen; undefined while it is not known. */
export function useJob(id: string | null): Job | undefined {
  const jobs = useJobs();
  return id === null ? undefined : jobs.find((j) => j.id === id);
}

export interface RunJob<R> {
  /** Starts the job; a second start while one runs is not made. */
  start: (begin: () => Promise<JobStarted>) => void;
  job: Job | undefined;
  running: boolean;
  /** The result of the finished job. */
  result: R | undefined;
  error: Error | null;
  cancel: () => void;
  /** Forgets the job, for a fresh start. */
  reset: () => void;
}

/** Starts long work and follows it; onEnd is told once, however it ended. */
export function useRunJob<R = unknown>(onEnd?: (job: Job) => void): RunJob<R> {
  const client = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const begin = useMutation({
    mutationFn: (f: () => Promise<JobStarted>) => f(),
    onSuccess: ({ job }) => {
      setId(job);
      return client.invalidateQueries({ queryKey: jobsKey });
    },
  });
  const job = useJob(id);
  useJobEnd(job, (ended) => {
    void client.invalidateQueries({ queryKey: statusKey });
    onEnd?.(ended);
  });
  const running = begin.isPending || (id !== null && (job === undefined || job.state === 'running'));
  return {
    start: (f) => {
      if (!running) begin.mutate(f);
    },
    job,
    running,
    result: job?.state === 'done' ? (job.result as R) : undefined,
    error: begin.error ?? failureOf(job),
    cancel: () => {
      if (id !== null) void Jobs.cancel(id);
    },
    reset: () => {
      setId(null);
      begin.reset();
    },
  };
}

/** Tells once when a job that was seen running, or was just started, ends. */
function useJobEnd(job: Job | undefined, onEnd: (job: Job) => void): void {
  const told = useRef<string | null>(null);
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    if (!job || job.state === 'running' || told.current === job.id) return;
    told.current = job.id;
    latest.current(job);
  }, [job]);
}

/** The failure of a job that failed; null otherwise. */
export function failureOf(job: Job | undefined): AppError | null {
  if (!job?.error || job.state !== 'failed') return null;
  return new AppError(job.error.code as ErrorCode, job.error.message, job.error.field);
}

/** How far a job is, 0 to 1; undefined when its end is not known. */
export function progressOf(job: Pick<Job, 'done' | 'total'>): number | undefined {
  return job.total > 0 ? Math.min(1, job.done / job.total) : undefined;
}
