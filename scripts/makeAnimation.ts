/** Makes docs/images/training.gif: the first minute with the program. Run after a build: `npx tsx scripts/makeAnimation.ts`. */
import { chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const SIZE = { width: 1200, height: 750 };
const SHOWN = { width: 900, height: 562 };
const FRAME = 160;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'skipwire-animation-'));
  const server = spawn(process.execPath, ['out/node/cli.js', 'serve', folder], {
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
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(url);
    const frames = await film(page);
    await write(frames);
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function film(page: Page): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  const hold = async (count: number) => {
    for (let frame = 0; frame < count; frame += 1) {
      const started = performance.now();
      frames.push(await page.screenshot());
      await page.waitForTimeout(Math.max(0, FRAME - (performance.now() - started)));
    }
  };
  await page.getByText('Open digits-resnet').waitFor();
  await hold(4);
  await page.getByText('Open digits-resnet').click();
  await page.locator('.react-flow__node').first().waitFor();
  await hold(5);
  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  await hold(30);
  return frames;
}

async function write(frames: readonly Buffer[]): Promise<void> {
  const raw = await Promise.all(frames.map((frame) => sharp(frame).resize(SHOWN).removeAlpha().raw().toBuffer()));
  await sharp(Buffer.concat(raw), { raw: { width: SHOWN.width, height: SHOWN.height * raw.length, channels: 3, pageHeight: SHOWN.height } })
    .gif({ delay: frames.map(() => FRAME), loop: 0, colours: 64, effort: 7, interFrameMaxError: 6 })
    .toFile('docs/images/training.gif');
}

void main();
