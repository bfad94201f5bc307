import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import { layers } from '../../layers.js';

const linter = new Linter({ cwd: '/shop' });

function wrong(file: string, imported: string): string[] {
  const config = { plugins: { m: { rules: { layers } } }, rules: { 'm/layers': 'error' } } as unknown as Linter.Config;
  return linter.verify(`import x from '${imported}'; export { x };`, [config], { filename: `/shop/src/${file}` }).map((m) => m.message);
}

it.each([
  ['a page uses parts', 'features/data/Page.js', '@/components/page/Page'],
  ['a page uses its own parts', 'features/data/map/Row.js', '../api'],
  ['the shell uses pages', 'app/routes.js', '@/features/data/Page'],
  ['a package is nobody’s layer', 'lib/query.js', '@tanstack/react-query'],
])('%s', (_, file, imported) => expect(wrong(file, imported)).toEqual([]));

it.each([
  ['lib knows no parts', 'lib/query.js', '@/components/page/Page'],
  ['a page knows not the shell', 'features/data/Page.js', '../../app/routes'],
  ['a feature knows no other', 'features/data/Page.js', '@/features/rules/api'],
  ['nor by a way around', 'features/data/Page.js', '../rules/api'],
])('%s', (_, file, imported) => expect(wrong(file, imported)).toHaveLength(1));
