import { test as base, expect, type TestInfo } from '@playwright/test';
import { electronBinary, startElectron } from './hosts/electronHost';
import { makeFolders, type TestFolders } from './hosts/folders';
import type { RunningApp } from './hosts/runningApp';
import { startWeb } from './hosts/webHost';
import { createWindow, type AppWindow } from './pages/window';

interface Fixtures {
  readonly folders: TestFolders;
  readonly app: RunningApp;
  /** The window's parts, by roles and names: the same for a browser and for Electron. */
  readonly window: AppWindow;
}

/** Names of sample documents to lie in the folder of documents before the app starts. */
interface Options {
  readonly documents: readonly string[];
}

export const test = base.extend<Fixtures & Options>({
  documents: [[], { option: true }],

  folders: async ({ documents }, use) => {
    const folders = await makeFolders();
    for (const name of documents) await folders.addSample(name);
    await use(folders);
    await folders.remove();
  },

  app: async ({ folders, viewport, colorScheme }, use, testInfo) => {
    const isElectron = testInfo.project.metadata['host'] === 'electron';
    test.skip(isElectron && electronBinary() === undefined, 'Electron’s binary is not here.');
    const options = { viewport, colorScheme: colorScheme ?? null };
    const app = await (isElectron ? startElectron(folders, options) : startWeb(folders, options));
    await use(app);
    if (testInfo.status !== testInfo.expectedStatus) await attachPicture(app, testInfo);
    await app.close();
  },

  window: async ({ app }, use) => {
    await use(createWindow(app));
  },
});

export { expect };

/** What the window showed, in the report. */
export async function attachPicture(app: RunningApp, testInfo: TestInfo): Promise<void> {
  const path = testInfo.outputPath('window.png');
  const isThere = await app.page.screenshot({ path }).then(
    () => true,
    () => false,
  );
  if (isThere) await testInfo.attach('window', { path, contentType: 'image/png' });
}
