import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serializeDocument } from '../shared/document/serialize';
import { chain } from './networks';
import { comparisonOf, percentile, type Comparison } from './harness';

/** One frame at 60 a second, in milliseconds. */
const FRAME = 1000 / 60;
const ROUNDS = 64;
/** The first edits also compile the page's code. */
const WARM_UP = 4;

/**
 * From the character that makes a residual add wrong to its flag in the document of the page, in a chain of `length` layers: the
 * scripting of one edit. Compared with the length of a frame, which does not depend on the machine's load as a time does.
 */
export async function editToFlag(length: number): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'skipwire-bench-'));
  const file = join(folder, 'chain.skip.json');
  writeFileSync(file, serializeDocument(chain(length)));
  const server = spawn(process.execPath, ['out/node/cli.js', 'serve', file], {
    env: { ...process.env, SKIPWIRE_USER_DATA: join(folder, 'user') },
  });
  const url = await new Promise<string>((resolve) =>
    server.stdout.on('data', (data) => {
      const found = /http:\S+/.exec(String(data));
      if (found) resolve(found[0]);
    }),
  );
  const browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.getByRole('group', { name: /^conv2,/ }).click();
    const strides = page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Strides', exact: true });
    await strides.waitFor();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const wrong = round % 2 === 0;
      await page.evaluate((expected) => {
        const state = window as unknown as { start: number; taken: Promise<number> };
        state.taken = new Promise((resolve) => {
          addEventListener(
            'input',
            () => {
              const start = performance.now();
              const observer = new MutationObserver(() => {
                if ((document.querySelector('.layer[data-problem="error"]') !== null) !== expected) return;
                observer.disconnect();
                resolve(performance.now() - start);
              });
              observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
            },
            { capture: true, once: true },
          );
        });
      }, wrong);
      await strides.fill(wrong ? '2' : '1');
      times.push(await page.evaluate(() => (window as unknown as { taken: Promise<number> }).taken));
    }
    times.splice(0, WARM_UP);
    const subject = { title: `Edit to flag in a chain of ${length} layers, 95th percentile`, bar: { atMostTimes: 1 } };
    return comparisonOf(subject, { ours: 'edit', peer: 'one frame' }, [{ ours: percentile(times, 0.95), peer: FRAME }]);
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
