import { expect, it } from 'vitest';
import { nextStep } from './next-step';

it.each([
  ['an empty workspace', [0, 0, 0, 0], '/data', 'Import contacts'],
  ['contacts alone', [10, 0, 0, 0], '/data', 'Import events'],
  ['data without segments', [10, 99, 0, 3], '/segments', 'Make a segment'],
  ['segments without an e-mail', [10, 99, 2, 0], '/content', 'Write an e-mail'],
  ['all there', [10, 99, 2, 1], '/campaigns', 'Go to campaigns'],
])('%s', (_, [contacts = 0, events = 0, segments = 0, templates = 0], to, action) => {
  expect(nextStep({ contacts, events, segments, templates })).toMatchObject({ to, action });
});
