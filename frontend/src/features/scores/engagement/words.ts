import { humanize } from '@/lib/value';
import type { Deed, Engagement, EngagementSample } from '@/lib/generated/api';

/** A number with at most two decimals, none where it is whole. */
export const short = (n: number) => String(Math.round(n * 100) / 100);

/** The model with its numbers, as people would write it on paper. */
export function formula(model: Engagement): string[] {
  return [`sum = the weights of what they did, each × 2^(−days ago ÷ ${short(model.half_life)})`, `score = 100 × (1 − 2^(−sum ÷ ${short(model.middle)}))`];
}

/** What one event counts as it ages: "An order counts 10 today, 5 after 30 days, 2.5 after 60 days." */
export function ageing(event: string, weight: number, model: Engagement): string {
  return `${humanize(event)} counts ${short(weight)} today, ${short(weight / 2)} after ${short(model.half_life)} days, ${short(weight / 4)} after ${short(2 * model.half_life)} days`;
}

/** "1.2 (3 × email opened) + 6.3 (1 × order placed) = 7.5 → 100 × (1 − 2^(−7.5 ÷ 10)) = 40.5". */
export function workedOut(sample: EngagementSample, model: Engagement): string {
  const parts = sample.deeds.map((d: Deed) => `${short(d.sum)} (${d.count} × ${humanize(d.event).toLowerCase()})`);
  return `${parts.join(' + ')} = ${short(sample.sum)} → 100 × (1 − 2^(−${short(sample.sum)} ÷ ${short(model.middle)})) = ${sample.score}`;
}
