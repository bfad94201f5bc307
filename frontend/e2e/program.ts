import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const cli = process.env.MAILWRIGHT_CLI ?? resolve(import.meta.dirname, '../../build/bin/mailwright-cli');
const mailpit = process.env.MAILWRIGHT_MAILPIT ?? 'mailpit';
const chrome = process.env.MAILWRIGHT_CHROMIUM ?? '/usr/bin/chromium';

/** A folder of a test's own, with the built programs running in it; `end` stops and removes everything. */
export class Program {
  readonly folder = mkdtempSync(join(tmpdir(), 'mailwright-e2e-'));
  private readonly running: ChildProcess[] = [];
  private browser: Browser | undefined;
  /** What the page or the browser complained of. */
  readonly complaints: string[] = [];

  private get env() {
    return { ...process.env, MAILWRIGHT_DATA: join(this.folder, 'data') };
  }

  /** Runs the terminal program and gives its stdout. */
  cli(workspace: string, ...args: string[]): string {
    return execFileSync(cli, ['-w', join(this.folder, workspace), ...args], { env: this.env, encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** Serves the pages, with a workspace open when one is named, and opens them in Chromium. */
  async open(workspace?: string, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const args = [...(workspace ? ['-w', join(this.folder, workspace)] : []), '--json', 'serve'];
    const server = this.start(cli, args);
    const url = await firstLine(server).then((line) => (JSON.parse(line) as { url: string }).url);
    this.browser ??= await chromium.launch({
      executablePath: chrome,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: scheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && this.complaints.push(m.text()));
    page.on('pageerror', (e) => this.complaints.push(e.message));
    await page.goto(url);
    await page.locator('main').first().waitFor(); // the program's own first page is there
    return page;
  }

  /** Starts a mail server and gives its SMTP port and a way to ask what it has. */
  async mail(): Promise<Mail> {
    const [smtp, http] = [await freePort(), await freePort()];
    this.start(mailpit, ['--smtp', `127.0.0.1:${smtp}`, '--listen', `127.0.0.1:${http}`, '--database', join(this.folder, 'mail.db'), '--max', '0', '--disable-version-check']);
    const mail = new Mail(smtp, `http://127.0.0.1:${http}`);
    await mail.ready();
    return mail;
  }

  private start(program: string, args: string[]): ChildProcess {
    const child = spawn(program, args, { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.running.push(child);
    return child;
  }

  async end(): Promise<void> {
    await this.browser?.close();
    await Promise.all(this.running.map(stopped));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A mailpit, by its HTTP API. */
export class Mail {
  constructor(
    readonly port: number,
    private readonly base: string,
  ) {}

  async ready(): Promise<void> {
    for (let i = 0; i < 200; i++) {
      try {
        if ((await fetch(`${this.base}/readyz`)).ok) return;
      } catch {
        // not there yet
      }
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error('the mail server did not start');
  }

  /** Every message: to whom, and its number. */
  async list(): Promise<{ id: string; to: string }[]> {
    const r = (await (await fetch(`${this.base}/api/v1/messages?limit=5000`)).json()) as { messages: { ID: string; To: { Address: string }[] }[] };
    return r.messages.map((m) => ({ id: m.ID, to: m.To[0]?.Address ?? '' }));
  }

  /** One message, decoded. The HTML is as it was sent, with its cid: references. */
  async raw(id: string): Promise<string> {
    return (await fetch(`${this.base}/api/v1/message/${id}/raw`)).text();
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) found(text.slice(0, end));
    });
    child.once('exit', (code) => failed(new Error(`the program ended with ${code} before it said anything`)));
    child.once('error', failed);
  });
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const s = createServer();
    s.once('error', failed);
    s.listen(0, '127.0.0.1', () => {
      const a = s.address();
      s.close(() => (a !== null && typeof a === 'object' ? found(a.port) : failed(new Error('no port'))));
    });
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  });
}
