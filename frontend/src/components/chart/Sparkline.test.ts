import { expect, it } from 'vitest';
import { sparkPoints } from './Sparkline';

it('lies on the ground when there is nothing, and never leaves its box', () => {
  expect(sparkPoints([0, 0, 0], 100, 30).every(([, y]) => y === 27)).toBe(true);
  for (const [x, y] of sparkPoints([3, -2, 9, 4], 100, 30)) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(100);
    expect(y).toBeGreaterThanOrEqual(4);
    expect(y).toBeLessThanOrEqual(27);
  }
});
