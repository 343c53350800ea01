import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import { attachPicture, expect, test } from '../fixtures';
import { electronBinary, startElectron } from '../hosts/electronHost';
import type { TestFolders } from '../hosts/folders';
import type { RunningApp } from '../hosts/runningApp';
import { startWeb } from '../hosts/webHost';
import { createWindow } from '../pages/window';
import { generator, SEED } from '../random';

/** Kills in each of the two tests; `SKIPWIRE_KILLS=50` for the long run. */
const KILLS = Number(process.env['SKIPWIRE_KILLS'] ?? 2);
const PROMISE = 1000;
const FILE = 'digits-mlp.skip.json';

/** An edit of which the page has said that it is done. */
interface Edited {
  readonly number: number;
  readonly at: number;
}

for (const isTitled of [false, true]) {
  test(`a kill at any moment loses at most a second of ${isTitled ? 'a file' : 'an untitled network'}`, async ({ folders }, testInfo) => {
    test.skip(testInfo.project.metadata['host'] === 'electron' && electronBinary() === undefined, 'Electron’s binary is not here.');
    test.setTimeout(60_000 + KILLS * 30_000);
    const random = generator(SEED);
    await folders.addSample('digits-mlp');
    const losses: number[] = [];
    let app = await start(folders, testInfo);
    await openDocument(app, isTitled);
    let name = 'scores';
    let number = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const life = await editUntilKilled(app, name, number, 300 + random() * 2700, isTitled ? random : null);
      number = life.last;
      expect(await damagedFiles(folders)).toEqual([]);
      // Where the kill came just after a save, there is no draft: the file has everything.
      const isDrafted = (await draftsIn(folders)).length > 0;
      app = await start(folders, testInfo);
      if (!isDrafted) await openDocument(app, isTitled);
      name = await nameAfter(app, name).catch(async (error: unknown) => {
        await attachPicture(app, testInfo);
        throw new Error(`after kill ${kill} of seed ${SEED}, drafts: ${(await draftsIn(folders)).join(', ') || 'none'}`, { cause: error });
      });
      const found = numberOf(name);
      expect(found, `kill ${kill} of seed ${SEED}: edits up to ${life.promised} had been there for a second`).toBeGreaterThanOrEqual(
        life.promised,
      );
      losses.push(life.lostAfter(found));
    }
    await app.kill();
    const worst = Math.max(...losses);
    expect(numberOf(name)).toBeGreaterThan(KILLS);
    console.log(
      `${testInfo.project.name}: ${KILLS} kills, ${number} edits, seed ${SEED}, longest time of edits lost ${Math.round(worst)} ms, none damaged`,
    );
  });
}

function start(folders: TestFolders, { project }: TestInfo): Promise<RunningApp> {
  const options = { viewport: { width: 1280, height: 800 } };
  return project.metadata['host'] === 'electron' ? startElectron(folders, options) : startWeb(folders, options);
}

async function openDocument(app: RunningApp, isTitled: boolean): Promise<void> {
  const { files } = createWindow(app);
  await (isTitled ? files.open(FILE) : files.openSample('digits-mlp'));
}

/** Renames one layer again and again, each time to the next number, and kills the host in the middle of it. */
async function editUntilKilled(app: RunningApp, first: string, from: number, milliseconds: number, saves: (() => number) | null) {
  const { canvas, page, inspector } = createWindow(app);
  const edits: Edited[] = [];
  const layer = canvas.layer(first);
  await layer.click();
  await expect(inspector.panel).toBeVisible();
  let isOver = false;
  let number = from;
  const editing = (async () => {
    for (;;) {
      number += 1;
      await page.keyboard.press('F2');
      await page.getByRole('main').getByRole('textbox').fill(`e${number}`);
      await page.keyboard.press('Enter');
      edits.push({ number, at: Date.now() });
      if (saves && saves() < 0.3) await page.keyboard.press('ControlOrMeta+s');
      if (isOver) return;
    }
  })().catch(() => undefined);
  await expect.poll(() => edits.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const killedAt = Date.now();
  isOver = true;
  await app.kill();
  await editing;
  const before = edits.filter(({ at }) => at <= killedAt);
  const promised = before.filter(({ at }) => at <= killedAt - PROMISE).at(-1)?.number ?? from;
  return {
    last: number,
    promised,
    /** From the first edit that is not there to the kill. */
    lostAfter: (found: number) => killedAt - (before.find((edit) => edit.number > found)?.at ?? killedAt),
  };
}

/** The name that the layer has in the window after a restart. */
async function nameAfter(app: RunningApp, before: string): Promise<string> {
  const { canvas } = createWindow(app);
  // Behind a dialog, too: a kill between a save and the end of its draft leaves both, and the window asks which is meant.
  const isAsked = app.page.getByRole('dialog', { name: 'The file changed on disk' });
  const layer = canvas.surface.getByRole('group', { name: new RegExp(`^(e\\d+|${before})(,|$)`) });
  await expect(layer.or(isAsked)).toHaveCount(1);
  if (await isAsked.isVisible()) await app.page.keyboard.press('Escape');
  await expect(layer).toHaveCount(1);
  return (await layer.locator('.layer-name').textContent()) ?? '';
}

function numberOf(name: string): number {
  return Number(/^e(\d+)$/.exec(name)?.[1] ?? 0);
}

/** Documents and drafts that are not whole, and drafts that were set aside for it. */
async function damagedFiles({ documents, userData }: TestFolders): Promise<readonly string[]> {
  const own = [join(documents, FILE), ...(await draftsIn({ userData }))];
  const checked = await Promise.all(own.map(async (path) => ((await isWhole(path)) ? [] : [path])));
  return checked.flat();
}

async function draftsIn({ userData }: Pick<TestFolders, 'userData'>): Promise<readonly string[]> {
  const folder = join(userData, 'drafts');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).map((name) => join(folder, name));
}

async function isWhole(path: string): Promise<boolean> {
  if (!path.endsWith('.json')) return false;
  try {
    JSON.parse(await readFile(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
