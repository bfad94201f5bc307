import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Program, type Mail } from './program.ts';

/** What the shop's files hold: 40 people, of whom every fifth did not agree, and orders of the even ones. */
const people = Array.from({ length: 40 }, (_, i) => ({
  email: `person${i}@post.example`,
  name: i % 7 === 3 ? '' : `Person ${i}`,
  country: i % 3 === 0 ? 'France' : 'Germany',
  agreed: i % 5 !== 4,
  spent: i % 2 === 0 ? 30 * i : 0,
}));

/** The people a campaign to "spent 500 or more" may reach, from the files alone. */
const permitted = people.filter((p) => p.spent >= 500 && p.agreed).map((p) => p.email);

function files(folder: string): { contacts: string; orders: string } {
  const contacts = join(folder, 'customers.csv');
  const orders = join(folder, 'orders.csv');
  writeFileSync(contacts, ['E-mail;First name;Country;Agreed to marketing', ...people.map((p) => `${p.email};${p.name};${p.country};${p.agreed ? 'yes' : ''}`)].join('\n'));
  const at = new Date(Date.now() - 20 * 86_400_000).toISOString();
  const lines = people.filter((p) => p.spent > 0).map((p, i) => `${p.email},${at},A${i},MUG-${i % 3},Mug ${i % 3},1,${p.spent}.00`);
  writeFileSync(orders, ['email,occurred_at,order_id,sku,product,quantity,value', ...lines].join('\n'));
  return { contacts, orders };
}

describe('the whole path of a shop owner', () => {
  const program = new Program();
  let page: Page;
  let mail: Mail;
  let csv: { contacts: string; orders: string };
  const go = (path: string) => page.goto(`${new URL(page.url()).origin}/#${path}`);

  beforeAll(async () => {
    csv = files(program.folder);
    mail = await program.mail();
    page = await program.open();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await page?.screenshot({ path: join(program.folder, 'last.png') }).catch(() => undefined);
    await program.end();
  });

  test('a new workspace', async () => {
    await page.getByRole('button', { name: 'New workspace' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('The shop');
    await page.getByRole('button', { name: 'Choose…' }).click();
    await page.getByRole('textbox', { name: 'Path of the file' }).fill(join(program.folder, 'shop.mailwright'));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Make workspace' }).click();
    await page.getByText('Bring your contacts').waitFor();
  });

  async function importFile(file: string): Promise<void> {
    await go('/data/import');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose the file' }).click()]);
    await chooser.setFiles(file);
    await page.getByText('What becomes of each column').first().waitFor();
  }

  test('contacts come in with what they agreed to', async () => {
    await importFile(csv.contacts);
    await page.getByRole('combobox', { name: 'What Agreed to marketing becomes' }).click();
    await page.getByRole('option', { name: 'Agreed to marketing', exact: true }).click();
    await page.getByRole('button', { name: 'Import 40 rows' }).click();
    await page.getByText('new contacts').waitFor();
    expect(program.cli('shop.mailwright', '--json', 'contact', 'list').trim().split('\n')).toHaveLength(40);
  });

  test('orders come in, and the same file again changes nothing', async () => {
    for (const [what, n] of [['new events', '19'], ['unchanged', '19']] as const) {
      await importFile(csv.orders);
      await page.getByRole('button', { name: 'Import 19 rows' }).click();
      const counted = page.locator('dt', { hasText: what }).locator('xpath=following-sibling::dd[1]');
      await expect.poll(() => counted.textContent(), { timeout: 15_000 }).toBe(n);
    }
  });

  test('a segment, with the exact count after each edit', async () => {
    const spent = { kind: 'event', event: 'order_placed', measure: 'sum', op: 'gte', value: 1000 };
    await go(`/segments/_new?condition=${encodeURIComponent(JSON.stringify(spent))}`);
    await page.getByRole('textbox', { name: 'Name of the segment' }).fill('Best customers');
    const value = page.getByRole('textbox', { name: 'Value' });
    await value.fill('900');
    await expect.poll(() => page.getByRole('complementary', { name: 'Who that is' }).getByRole('status').textContent()).toMatch(new RegExp(`^${people.filter((p) => p.spent >= 900).length}`));
    await value.fill('500');
    await expect.poll(() => page.getByRole('complementary', { name: 'Who that is' }).getByRole('status').textContent()).toMatch(new RegExp(`^${people.filter((p) => p.spent >= 500).length}`));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/segments\/best-customers/);
    const counted = JSON.parse(program.cli('shop.mailwright', '--json', 'segment', 'count', new URL(page.url()).hash.split('/').pop()?.split('?')[0] ?? '')) as { count: number };
    expect(counted.count).toBe(people.filter((p) => p.spent >= 500).length);
  });

  test('an e-mail whose blocks change by rule, seen as any person gets it', async () => {
    await go('/content');
    await page.getByRole('button', { name: /New template/ }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /^Offer by tier/ }).click();
    await page.getByRole('navigation', { name: 'Parts of the e-mail' }).waitFor();
    await page.locator('iframe').first().waitFor();
    const frame = page.frameLocator('iframe').first();
    await expect.poll(() => frame.locator('body').textContent()).toContain('See the collection');
    expect(await page.locator('iframe').first().getAttribute('sandbox')).toBe('');
  });

  test('a campaign: whom it reaches, the check of everybody, and sending', async () => {
    writeFileSync(join(program.folder, 'post.json'), JSON.stringify({ adapter: 'smtp', host: '127.0.0.1', port: mail.port, tls: 'none', rate_per_second: 500 }));
    program.cli('shop.mailwright', 'esp', 'put', 'post', join(program.folder, 'post.json'));
    const segment = program.cli('shop.mailwright', '--json', 'segment', 'list').trim().split('\n').map((l) => JSON.parse(l) as { slug: string })[0]?.slug;
    writeFileSync(
      join(program.folder, 'campaign.json'),
      JSON.stringify({ name: 'Autumn', template: 'offer-by-tier', include: [segment], purpose: 'marketing', from: { name: 'The shop', email: 'hello@shop.example' }, esp: 'post', unsubscribe: 'https://shop.example/u?e={{ email | url_encode }}' }),
    );
    program.cli('shop.mailwright', 'campaign', 'put', 'autumn', join(program.folder, 'campaign.json'));
    await go('/campaigns/autumn');
    await page.getByText(`${permitted.length}`, { exact: true }).first().waitFor();
    await page.getByRole('button', { name: `Check ${permitted.length} messages` }).click();
    await page.getByRole('button', { name: `Send to ${permitted.length}` }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    await expect.poll(async () => (await mail.list()).length, { timeout: 30_000 }).toBe(permitted.length);
    expect((await mail.list()).map((m) => m.to).sort()).toEqual([...permitted].sort());
  });

  test('what arrived is what the program shows', async () => {
    for (const m of await mail.list()) {
      const raw = (await mail.raw(m.id)).replace(/\r\n/g, '\n');
      for (const part of ['html', 'text'] as const) {
        const shown = program.cli('shop.mailwright', 'render', '--campaign', 'autumn', '--contact', m.to, '--part', part);
        expect(decoded(raw, part === 'html' ? 'text/html' : 'text/plain'), `${part} of ${m.to}`).toBe(shown);
      }
    }
    expect(program.complaints).toEqual([]);
  });
});

/** The bytes of a part of a message, its quoted-printable taken off. */
function decoded(raw: string, type: string): string {
  const head = raw.indexOf(`Content-Type: ${type}`);
  const from = raw.indexOf('\n\n', head) + 2;
  const body = raw.slice(from, raw.indexOf('\n--mw', from));
  const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
