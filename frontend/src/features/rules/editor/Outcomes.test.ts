import { expect, it } from 'vitest';
import { outcomes } from './Outcomes';

const branch = (choose: string, chosen: number) => ({ path: '', name: '', choose, reached: chosen, chosen });

it('adds up who gets what, over branches and the default, the most first', () => {
  const count = { total: 100, branches: [branch('', 30), branch('gift', 10), branch('early', 20), branch('gift', 5), branch('none', 0)], defaulted: 65 };
  expect(outcomes(count, 'early')).toEqual([
    { choice: 'early', people: 85 },
    { choice: 'gift', people: 15 },
  ]);
});

it('says nothing of a default that nobody is left to', () => expect(outcomes({ total: 3, branches: [branch('a', 3)], defaulted: 0 }, '')).toEqual([{ choice: 'a', people: 3 }]));
