import { chromium, type CDPSession, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SkipDocument } from '../shared/document/document';
import { serializeDocument } from '../shared/document/serialize';

export const VIEWPORT = { width: 1440, height: 900 };
/** What is there as soon as the first picture of a network is. */
export const FIRST_PICTURE = '.react-flow__node, .painting';

export interface OpenedPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  close(): Promise<void>;
}

/** The built app in a browser, with a document open. `script` runs in the page before the app does. */
export async function openInBrowser(document: SkipDocument, script?: () => void): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'skipwire-bench-'));
  const file = join(folder, `${document.id}.skip.json`);
  writeFileSync(file, serializeDocument(document));
  const server = spawn(process.execPath, ['out/node/cli.js', 'serve', file], {
    env: { ...process.env, SKIPWIRE_USER_DATA: join(folder, 'user') },
  });
  const url = await new Promise<string>((resolve) =>
    server.stdout.on('data', (data) => {
      const found = /http:\S+/.exec(String(data));
      if (found) resolve(found[0]);
    }),
  );
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--enable-precise-memory-info'],
  });
  const page = await browser.newPage({ viewport: VIEWPORT });
  // What tsx puts around functions that are sent to the page.
  await page.addInitScript('globalThis.__name = (f) => f');
  if (script) await page.addInitScript(script);
  await page.goto(url);
  await page.locator(FIRST_PICTURE).first().waitFor();
  return {
    page,
    devtools: await page.context().newCDPSession(page),
    async close() {
      await browser.close();
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two frames after the last one that drew something: what an act caused has been painted. */
export function painted(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = 0;
        const observer = new MutationObserver(() => (quiet = 0));
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        const frame = () => {
          quiet += 1;
          if (quiet < 4) return void requestAnimationFrame(frame);
          observer.disconnect();
          resolve();
        };
        requestAnimationFrame(frame);
      }),
  );
}

/** Milliseconds of the page's own thread that scripts have taken so far: its processor time, not the clock. */
export async function scripting(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
}
