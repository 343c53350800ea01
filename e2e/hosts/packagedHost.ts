import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root, type TestFolders } from './folders';
import { collectErrors, type RunningApp } from './runningApp';

/** The packaged program of this platform, as `npm run package` makes it. */
export const packagedBinary = [
  join(root, 'dist', 'linux-unpacked', 'skipwire'),
  join(root, 'dist', 'win-unpacked', 'Skipwire.exe'),
  join(root, 'dist', 'mac', 'Skipwire.app', 'Contents', 'MacOS', 'Skipwire'),
].find((file) => existsSync(file));

/** The packaged program as a user starts it. Its Node inspector is fused off, so the test looks at its page as a browser's. */
export async function startPackaged(folders: TestFolders): Promise<RunningApp> {
  if (packagedBinary === undefined) throw new Error('The program is not packaged. Run "npm run package" first.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const program = spawn(packagedBinary, [...sandbox, '--remote-debugging-port=0'], {
    env: { ...process.env, SKIPWIRE_USER_DATA: folders.userData },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    program.stderr.on('data', (data) => {
      said += String(data);
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    program.once('exit', (code) => reject(new Error(`The packaged program ended with ${code}.\n${said}`)));
  });
  await windowOpened(endpoint);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (!page) throw new Error('The packaged program has no window.');
  await page.getByRole('banner').waitFor();
  return {
    kind: 'electron',
    page,
    folder: folders.documents,
    errors: collectErrors(page),
    answerNextDialog: () => Promise.reject(new Error('Nothing can be put in the place of a packaged program’s dialogs.')),
    enginePids: () => Promise.resolve([]),
    async kill() {
      const gone = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGKILL');
      await gone;
    },
    async close() {
      const gone = new Promise((resolve) => program.once('exit', resolve));
      await browser.close();
      program.kill('SIGKILL');
      await gone;
    },
  };
}

/** A browser without a page cannot be attached to; the list of pages says when the window is there. */
async function windowOpened(endpoint: string): Promise<void> {
  const list = `http://${new URL(endpoint).host}/json/list`;
  for (;;) {
    const targets = (await fetch(list).then(
      (answer) => answer.json(),
      () => [],
    )) as { type: string; url: string }[];
    if (targets.some(({ type, url }) => type === 'page' && url.startsWith('app:'))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
