import { expect, it } from 'vitest';
import { readTemplate } from './code';
import { slipOf } from './json';

it('reads a template', () => {
  expect(readTemplate('{"subject":"Hi","blocks":[{"kind":"text"}]}')).toEqual({ template: { name: '', subject: 'Hi', blocks: [{ kind: 'text' }] }, problem: null });
});

it.each([
  ['no JSON, at its line', '{\n  "name": "a",\n  "blocks": [}\n}', 3, 'not JSON'],
  ['cut short', '{"blocks": [', 1, 'not JSON'],
  ['a list', '[]', 1, 'object'],
  ['no blocks', '{}', 1, 'list of “blocks”'],
  ['a block that is no object', '{"blocks":["text"]}', 1, 'a block is an object'],
  ['a block without a kind', '{"blocks":[{}]}', 1, 'kind'],
  ['so deep inside', '{"blocks":[{"kind":"choice","variants":{"a":{"kind":"text","fallback":{"kind":1}}}}]}', 1, 'kind'],
  ['columns without blocks', '{"blocks":[{"kind":"columns","columns":[{}]}]}', 1, 'a column needs'],
  ['a rule without branches', '{"blocks":[{"kind":"choice","rule":{}}]}', 1, 'branches'],
  ['a subject that is a number', '{"subject":1,"blocks":[]}', 1, 'subject'],
])('%s', (_, text, line, said) => {
  const { template, problem } = readTemplate(text);
  expect(template).toBeNull();
  expect(problem?.line).toBe(line);
  expect(problem?.message).toContain(said);
  expect(problem && problem.from < problem.to && problem.to <= text.length).toBe(true);
});

it.each([
  ['{"a": [1, 2,]}', 12],
  ['{"a" 1}', 5],
  ['{"a": tru}', 6],
  ['["a\nb"]', 1],
  ['[1] 2', 4],
  ['{"a": 1', 7],
  ['', 0],
])('finds the slip in %j at %i', (text, offset) => expect(slipOf(text)).toBe(offset));

it.each(['{}', '[]', ' {"a": [1, -2.5e3, "x\\u00e9\\n", {"b": null}]} '])('finds none in %s', (text) => expect(slipOf(text)).toBe(text.length));
