import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from '../fixtures';

const test = base.extend({
  folders: async ({ folders }, use) => {
    await writeFile(join(folders.userData, 'settings.json'), '{ "theme": "blue", "density": "compact", "mine": true }');
    await use(folders);
  },
});

test('a settings file with a mistake costs one setting, is named, and keeps all that it says', async ({
  app: { page },
  folders,
  window,
}) => {
  await expect(window.toolbar).toBeVisible();
  const note = page.getByRole('status', { name: 'Notes' });
  await expect(note).toContainText('“theme” is "blue"');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-density', 'compact');

  // With “as the system”, the system's wish for contrast counts.
  await page.emulateMedia({ contrast: 'more' });
  await expect(root).toHaveAttribute('data-theme', 'contrast');
  await page.emulateMedia({ contrast: 'no-preference' });
  await expect(root).not.toHaveAttribute('data-theme', 'contrast');

  await page.keyboard.press('ControlOrMeta+Comma');
  const dialog = window.dialog('Settings');
  await expect(dialog.getByText('There is none.', { exact: false })).toBeVisible();
  await dialog.getByRole('radio', { name: 'High contrast' }).check({ force: true });
  await expect(root).toHaveAttribute('data-theme', 'contrast');
  const file = join(folders.userData, 'settings.json');
  await expect.poll(async () => JSON.parse(await readFile(file, 'utf8')) as unknown).toMatchObject({ theme: 'contrast', mine: true });

  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'contrast');

  // Edited by hand meanwhile, and damaged: said when one comes back to the window, and what held goes on to hold.
  await writeFile(file, '{\n  "theme": "dark",\n  "density": compact\n}');
  await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await expect(note).toContainText('settings.json is not JSON: line 3, column 14.');
  await expect(root).toHaveAttribute('data-theme', 'contrast');
});

test('a bug report is copied, without the names of folders', async ({ folders, window }) => {
  await window.command('About Skipwire');
  const about = window.dialog('About Skipwire');
  await about.getByRole('button', { name: 'Copy for a bug report' }).click();
  const report = about.getByRole('region', { name: 'Report' });
  await expect(report.getByRole('status')).toContainText('This was copied.');
  await expect(report).toContainText('Skipwire: ');
  await expect(report).not.toContainText(folders.userData);

  await about.getByRole('button', { name: 'Show log' }).click();
  const log = window.dialog('Log');
  await expect(log.getByRole('log')).toContainText('started');
  await log.getByRole('textbox', { name: 'Filter the log' }).fill('no such line');
  await expect(log.getByRole('log')).toContainText('Nothing like this was said.');
});
