/** A Chromium for the tests: one that is installed, Playwright's own, or the system's package where it may be installed. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { root, run, say } from './shell.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The binary, or undefined. */
export function chromeBinary() {
  if (process.env.CHROME_PATH && existsSync(process.env.CHROME_PATH)) return process.env.CHROME_PATH;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES, playwrightsOwn()].find((file) => file && existsSync(file));
}

function playwrightsOwn() {
  try {
    return createRequire(join(root, 'package.json'))('@playwright/test').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** The binary, fetched where there is none; undefined where none can be had. */
export async function ensureChrome() {
  if (chromeBinary()) return chromeBinary();
  say('Fetching Chromium for the tests (Playwright’s own)');
  await run(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], {
    quiet: true,
    limit: 5 * 60_000,
  });
  if (chromeBinary()) return chromeBinary();
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Installing Chromium (apt-get)');
    await run('apt-get', ['update', '-qq'], { quiet: true });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { quiet: true });
  }
  return chromeBinary();
}
