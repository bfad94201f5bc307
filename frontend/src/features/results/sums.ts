import type { RunStatus } from '@/lib/generated/api';

export interface Sums {
  /** Messages that were handed to a provider, whatever it said. */
  handed: number;
  accepted: number;
  rejected: number;
  unknown: number;
  /** People who were left out, and messages that were held back or not composed. */
  kept: number;
}

/** What became of all runs together. */
export function sumsOf(runs: Pick<RunStatus, 'counts' | 'excluded'>[]): Sums {
  const of = (state: string) => runs.reduce((sum, r) => sum + (r.counts[state] ?? 0), 0);
  const [accepted, rejected, unknown] = [of('accepted'), of('rejected'), of('unknown')];
  const excluded = runs.reduce((sum, r) => sum + excludedOf(r), 0);
  return { handed: accepted + rejected + unknown, accepted, rejected, unknown, kept: excluded + of('held') + of('failed') };
}

/** How many people a run left out. */
export function excludedOf(run: Pick<RunStatus, 'excluded'>): number {
  return run.excluded.reduce((sum, g) => sum + g.count, 0);
}

/** Every reason for which a run left people out, the most frequent first. */
export function reasonsOf(runs: Pick<RunStatus, 'excluded'>[]): { reason: string; label: string; count: number }[] {
  const all = new Map<string, { reason: string; label: string; count: number }>();
  for (const g of runs.flatMap((r) => r.excluded)) {
    const sum = all.get(g.reason) ?? { reason: g.reason, label: g.label, count: 0 };
    all.set(g.reason, { ...sum, count: sum.count + g.count });
  }
  return [...all.values()].toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
}
