import { describe, expect, it } from 'vitest';
import { rowsInView, tallest } from './useWindow';

describe('rowsInView', () => {
  it('draws what is seen and a little around it', () => {
    expect(rowsInView(3200, 320, 1000, 32, 4)).toMatchObject({ first: 96, last: 114, height: 32_000 });
  });

  it('draws nothing of nothing', () => expect(rowsInView(0, 600, 0, 32).last).toBe(-1));

  it.each([10, 1000, 500_000, 1_000_000, 20_000_000])('reaches the last of %d rows', (total) => {
    const view = 700;
    const { height } = rowsInView(0, view, total, 32);
    expect(height).toBeLessThanOrEqual(tallest);
    const bottom = Math.max(0, height - view);
    const at = rowsInView(bottom, view, total, 32);
    expect(at.last).toBe(total - 1);
    expect(at.top(total - 1) + 32).toBeCloseTo(Math.max(height, bottom + Math.min(view, total * 32)), 0);
  });

  it('covers the view without a gap wherever it is', () => {
    for (const total of [50, 100_000, 9_000_000]) {
      for (let i = 0; i <= 40; i++) {
        const { height } = rowsInView(0, 613, total, 28);
        const scrollTop = ((height - 613) * i) / 40;
        const at = rowsInView(scrollTop, 613, total, 28, 0);
        expect(at.top(at.first)).toBeLessThanOrEqual(scrollTop);
        expect(at.top(at.last) + 28).toBeGreaterThanOrEqual(scrollTop + 612);
      }
    }
  });
});
