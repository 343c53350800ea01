import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { startElectron } from '../hosts/electronHost';
import type { RunningApp } from '../hosts/runningApp';
import { startWeb } from '../hosts/webHost';
import { ring } from '../imageFolder';
import { createWindow, type AppWindow } from '../pages/window';

test.use({ documents: ['digits-mlp', 'digits-plain'] });

const FILE = 'digits-mlp.skip.json';

/** Another window of the same program, opened from the first one. */
async function newWindow(app: RunningApp, first: AppWindow): Promise<AppWindow> {
  const opened = app.page.context().waitForEvent('page');
  await first.command('New window');
  const page = await opened;
  await page.getByRole('banner').waitFor();
  return createWindow({ ...app, page });
}

test('a file that is open in one window is followed by the next, which has it when the first is gone', async ({ app, window }) => {
  await window.files.open(FILE);
  const second = await newWindow(app, window);
  await expect(second.welcome).toBeVisible();
  await second.files.open(FILE);
  await expect(second.title).toContainText('Open in another window');

  await window.canvas.select('scores');
  await window.inspector.set('Units', '7');
  await expect(second.canvas.layer('scores')).toHaveAccessibleName(/output 7/);
  await expect(second.undoButton).toHaveAttribute('aria-disabled', 'true');

  await app.page.close();
  await expect(second.title).not.toContainText('Open in another window');
  await expect(second.unsaved).toBeVisible();
  await second.page.keyboard.press('ControlOrMeta+s');
  await expect(second.unsaved).toHaveCount(0);
  expect(await readFile(join(app.folder, FILE), 'utf8')).toContain('"units": 7');
});

test('an edit in a window that follows makes a copy, and the first window keeps its file', async ({ app, window }) => {
  await window.files.open(FILE);
  const second = await newWindow(app, window);
  await second.files.open(FILE);
  await second.canvas.select('scores');
  await second.inspector.set('Units', '9');
  await expect(second.title).toContainText(`Copy of ${FILE}`);
  await expect(second.canvas.layer('scores')).toHaveAccessibleName(/output 9/);
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 10/);
  await second.undo();
  await expect(second.canvas.layer('scores')).toHaveAccessibleName(/output 10/);
  await expect(window.title).not.toContainText('Open in');
});

test('after a kill the windows are where they were, with what was not saved', async ({ app, window, folders }) => {
  await window.files.open('digits-plain.skip.json');
  await window.showTab('History');
  await window.canvas.select('conv1');
  await window.inspector.set('Filters', '24');
  const second = app.kind === 'electron' ? await newWindow(app, window) : undefined;
  if (second) {
    await second.files.open(FILE);
    await second.canvas.select('scores');
  }
  await expect.poll(() => keptStates(folders.userData)).toEqual(expect.arrayContaining(second ? ['n6', 'n2'] : ['n2']));
  await expect(window.page.getByRole('contentinfo')).toContainText('kept as a draft');
  await app.kill();

  const start = app.kind === 'electron' ? startElectron : startWeb;
  const again = await start(folders, { viewport: { width: 1280, height: 800 } });
  try {
    const pages = () => again.page.context().pages();
    await expect.poll(() => pages().length).toBe(second ? 2 : 1);
    const windows = pages().map((page) => createWindow({ ...again, page }));
    for (const each of windows) await expect(each.title).toContainText('.skip.json');
    const titles = await Promise.all(windows.map(({ title }) => title.textContent()));
    const plain = windows[titles.findIndex((title) => title?.includes('digits-plain'))] as AppWindow;
    await expect(plain.inspector.field('Filters')).toHaveValue('24');
    await expect(plain.unsaved).toBeVisible();
    await expect(plain.page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
    const other = windows.find((each) => each !== plain);
    if (other) await expect(other.inspector.field('Units')).toHaveValue('10');
  } finally {
    await again.kill();
  }
});

test('a file that another program changes is read again, and compared where there are changes of one’s own', async ({ app, window }) => {
  const path = join(app.folder, FILE);
  const text = await readFile(path, 'utf8');
  await window.files.open(FILE);
  await expect(window.title).toContainText(FILE);
  // What a window shows is kept at once: loaded again in the next moment it shows it.
  await app.page.reload();
  await expect(window.title).toContainText(FILE);
  await writeFile(path, text.replace('"units": 10', '"units": 11'));
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 11/);
  await expect(window.unsaved).toHaveCount(0);

  await window.canvas.select('scores');
  await window.inspector.set('Units', '12');
  await writeFile(path, text.replace('"units": 10', '"units": 13').replace('"name": "hidden"', '"name": "wide"'));
  await window.page.getByRole('button', { name: 'Compare' }).click();
  const dialog = window.dialog('The file changed on disk');
  await expect(dialog.getByRole('region', { name: 'Comparison' })).toContainText(/Different.*scores/);
  await dialog.getByRole('button', { name: /Load the file from disk/ }).click();
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 13/);
  await window.undo();
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 12/);
});

test('autosave writes the file by itself, and a file that is gone is written again by a save', async ({ app, window }) => {
  await window.files.open(FILE);
  await window.command('Settings…');
  await window.dialog('Settings').getByText('After edits', { exact: true }).click();
  await window.page.keyboard.press('Escape');
  await window.canvas.select('scores');
  await window.inspector.set('Units', '14');
  const path = join(app.folder, FILE);
  await expect.poll(() => readFile(path, 'utf8')).toContain('"units": 14');
  await expect(window.unsaved).toHaveCount(0);

  await rm(path);
  await expect(window.page.getByText(`The file “${FILE}” is not there any more.`)).toBeVisible();
  await expect(window.unsaved).toBeVisible();
  await window.page.keyboard.press('ControlOrMeta+s');
  await expect(window.unsaved).toHaveCount(0);
  expect(await readFile(path, 'utf8')).toContain('"units": 14');
});

test('a file that is dropped on the window is opened, and an image is given to the network', async ({ app, window }) => {
  const session = await app.page.context().newCDPSession(app.page);
  const drop = async (file: string, promise: string) => {
    const data = { items: [], files: [join(app.folder, file)], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data });
    await expect(window.page.getByText(promise)).toBeVisible();
    await session.send('Input.dispatchDragEvent', { type: 'drop', x: 600, y: 300, data });
  };
  await drop(FILE, 'Drop to open');
  await expect(window.title).toContainText(FILE);
  await expect(window.canvas.layer('scores')).toBeVisible();
  await expect(window.page.getByText('Drop to open')).toHaveCount(0);
  // The desktop knows where it lies, and saves there; a browser does not.
  const place = window.page.getByText('was opened as a copy');
  await (app.kind === 'electron' ? expect(place).toHaveCount(0) : expect(place).toBeVisible());

  await writeFile(join(app.folder, 'ring.png'), await ring());
  await drop('ring.png', 'Drop to try the network on it');
  await expect(window.page.getByRole('tab', { name: 'Try it' })).toHaveAttribute('aria-selected', 'true');
  await expect(window.title).toContainText(FILE);
});

/** Ids of what is selected in the windows, as they would come back. */
async function keptStates(userData: string): Promise<readonly string[]> {
  const folder = join(userData, 'windows');
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => !name.startsWith('.')).map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return texts.flatMap((text) => (text === '' ? [] : (JSON.parse(text) as { selected: string[] }).selected));
}
