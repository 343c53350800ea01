import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { chromeBinary } from './chrome';
import { root, type TestFolders } from './folders';
import { descendantsOf } from './processes';
import { collectErrors, type RunningApp } from './runningApp';

/** `skipwire serve` in a process of its own. */
export interface WebServerProcess {
  readonly url: string;
  readonly pid: number;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export async function startServer(folders: TestFolders, path = folders.documents): Promise<WebServerProcess> {
  const child = spawn(process.execPath, [join(root, 'out', 'node', 'cli.js'), 'serve', path], {
    env: { ...process.env, SKIPWIRE_USER_DATA: folders.userData, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstUrl(child);
  return {
    url,
    pid: child.pid as number,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('skipwire serve ended without saying where it is.');
}

/** Its list of features that are off replaces Playwright's, which is repeated here. */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // Pages of the address bar's own, which take a second of processor time for every window and which nobody sees here.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

let launched: Promise<Browser> | undefined;

/** One browser for all tests of a process, which ends with it. Each test has contexts of its own in it, which share nothing. */
function theBrowser(): Promise<Browser> {
  const executablePath = chromeBinary();
  // Chromium's sandbox refuses root, as which containers run their tests.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...sandbox, `--disable-features=${FEATURES_OFF.join(',')}`];
  launched ??= chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
  return launched;
}

/** The web host and a page of a browser on it. */
export async function startWeb(
  folders: TestFolders,
  options: BrowserContextOptions,
): Promise<RunningApp & { readonly server: WebServerProcess; readonly browser: Browser }> {
  const [server, browser] = await Promise.all([startServer(folders), theBrowser()]);
  const closePages = () => Promise.all(browser.contexts().map((context) => context.close()));
  const page = await openPage(browser, server.url, options).catch(async (error: unknown) => {
    await closePages();
    await server.stop();
    throw error;
  });
  return {
    kind: 'web',
    page,
    folder: folders.documents,
    errors: collectErrors(page),
    server,
    browser,
    answerNextDialog: () => Promise.resolve(),
    enginePids: async () => (await descendantsOf(server.pid)).filter(({ command }) => /engine\.js/.test(command)).map(({ pid }) => pid),
    async kill() {
      await server.stop('SIGKILL');
      await closePages();
    },
    async close() {
      await closePages();
      await server.stop();
    },
  };
}

/** A page in a browser of its own, as another person at the same machine would have it. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('banner').waitFor();
  return page;
}
