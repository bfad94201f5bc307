import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Program } from './program.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every page, with something that it must show of the demo shop. */
const pages = [
  { path: '/', shows: 'Tilda & Fern' },
  { path: '/contacts', shows: '@' },
  { path: '/contacts/5', shows: 'May we write to them?' },
  { path: '/data', shows: 'Data' },
  { path: '/segments', shows: 'Best customers' },
  { path: '/segments/vip-quiet', shows: 'did not buy in the last 90 days' },
  { path: '/segments/vip/life', shows: 'Who joined and left' },
  { path: '/segments/_rfm', shows: 'Champions' },
  { path: '/segments/_engagement', shows: 'How the scores lie' },
  { path: '/segments?compare=vip,engaged,tea-lovers,dormant', shows: 'parts' },
  { path: '/data?tab=products', shows: 'Add a feed' },
  { path: '/data?tab=recommendations', shows: 'Something new to them' },
  { path: '/settings?part=services', shows: 'No content service' },
  { path: '/rules', shows: 'Offer by tier' },
  { path: '/rules/offer-by-tier', shows: 'come-back' },
  { path: '/content', shows: 'Seasonal letter' },
  { path: '/content/templates/seasonal-letter', shows: 'Why' },
  { path: '/campaigns', shows: 'Seasonal letter to readers' },
  { path: '/campaigns/seasonal-letter', shows: 'Audience' },
  { path: '/results', shows: 'Results' },
  { path: '/settings', shows: 'Time zone' },
];

/** What axe finds on the page as it is. Frames hold e-mails, which are other people's. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (where: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run;
    const found = await run({ exclude: [['iframe']] });
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join('  ')}`);
  });
}

describe.each(['light', 'dark'] as const)('every page in %s', (scheme) => {
  const program = new Program();
  let page: Page;
  beforeAll(async () => {
    program.cli('shop.mailwright', 'demo', '--contacts', '300', '--events', '5000');
    page = await program.open('shop.mailwright', scheme);
  });
  afterAll(() => program.end());

  test.each(pages)('$path', async ({ path, shows }) => {
    await page.goto(`${new URL(page.url()).origin}/#${path}`);
    await page.getByText(shows, { exact: false }).first().waitFor();
    await page.waitForTimeout(600); // counts and previews come after the page
    expect(await faults(page)).toEqual([]);
    expect(program.complaints.splice(0)).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, 'nothing is cut off at the right').toBeLessThanOrEqual(0);
  });
});
