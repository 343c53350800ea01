import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from '../e2e/hosts/electronHost';
import { root } from '../e2e/hosts/folders';
import type { SkipDocument } from '../shared/document/document';
import { serializeDocument } from '../shared/document/serialize';
import { FIRST_PICTURE, VIEWPORT } from './openedPage';

export interface OpenedElectron {
  readonly page: Page;
  readonly app: ElectronApplication;
  close(): Promise<void>;
}

/** The built desktop app with a document open. Needs a screen: `xvfb-run -a` gives one. */
export async function openInElectron(document: SkipDocument): Promise<OpenedElectron> {
  const executablePath = electronBinary();
  if (executablePath === undefined) throw new Error('Electron’s binary is not here. Name its folder in ELECTRON_OVERRIDE_DIST_PATH.');
  const folder = mkdtempSync(join(tmpdir(), 'skipwire-bench-'));
  const file = join(folder, `${document.id}.skip.json`);
  writeFileSync(file, serializeDocument(document));
  const app = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, file],
    env: { ...(process.env as Record<string, string>), SKIPWIRE_USER_DATA: join(folder, 'user') },
  });
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), VIEWPORT);
  await page.locator(FIRST_PICTURE).first().waitFor();
  // What tsx puts around functions that are sent to the page.
  await page.evaluate('globalThis.__name = (f) => f');
  return {
    page,
    app,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Another window of the same Electron, with nothing in it. */
export async function emptyWindow(app: ElectronApplication): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow }, { width, height }) => {
    await new BrowserWindow({ width, height, useContentSize: true }).loadURL('about:blank');
  }, VIEWPORT);
  return opened;
}
