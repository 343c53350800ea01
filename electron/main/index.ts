import { app, dialog, ipcMain, Menu, session, shell } from 'electron';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Settings } from '../../shared/rpc/contract';
import type { Host } from '../services/host';
import { programFolders, programVersion } from '../services/nodeHost';
import { createServices } from '../services/services';
import { loadStaticFiles } from '../services/staticFiles';
import { forkEngineWithElectron } from './engineProcess';
import { buildMenu } from './menu';
import { registerScheme, serveScheme } from './appProtocol';
import { confine, isTrustedSender, refusePermissions } from './security';
import { createWindows } from './windows';

const folders = programFolders();

registerScheme();
if (process.env['SKIPWIRE_USER_DATA']) app.setPath('userData', process.env['SKIPWIRE_USER_DATA']);

const host: Host = {
  kind: 'electron',
  version: programVersion(folders.root),
  versions: { Electron: process.versions['electron'] ?? '', Chromium: process.versions['chrome'] ?? '', 'Node.js': process.versions.node },
  paths: { userData: app.getPath('userData'), assets: folders.assets, browseRoot: null },
  dialogs: {
    open: async () => {
      const { filePaths } = await dialog.showOpenDialog({
        properties: ['openFile'],
        filters: [{ name: 'Skipwire networks', extensions: ['json'] }],
        defaultPath: homedir(),
      });
      return filePaths[0] ?? null;
    },
    save: async (name) => (await dialog.showSaveDialog({ defaultPath: join(homedir(), name) })).filePath || null,
    openFolder: async () => {
      const { filePaths } = await dialog.showOpenDialog({
        title: 'Add a folder of images',
        message: 'Choose the folder that holds a folder of images for each class.',
        buttonLabel: 'Add',
        properties: ['openDirectory'],
        defaultPath: homedir(),
      });
      return filePaths[0] ?? null;
    },
    folder: async (name) =>
      (await dialog.showSaveDialog({ title: 'Export to a new folder', buttonLabel: 'Export', defaultPath: join(homedir(), name) }))
        .filePath || null,
  },
  forkEngine: (environment, isQuiet) => forkEngineWithElectron(folders.engine, environment, isQuiet),
  reveal: (path) => shell.showItemInFolder(path),
  openExternal: (url) => void shell.openExternal(url),
};

const services = createServices(host);
const windows = createWindows({ services, userData: host.paths.userData, preload: folders.preload });

/** The arguments that are documents; options of Chromium and of the launcher are none. */
function documentsIn(argv: readonly string[], folder: string): readonly string[] {
  return argv
    .slice(1)
    .filter((argument) => argument.endsWith('.json') && !argument.startsWith('-'))
    .map((argument) => resolve(folder, argument));
}

let shownKeys: string | undefined;

/** The native menu with the person's own shortcuts; made anew only where they changed. */
function showMenu(keybindings: Settings['keybindings']): void {
  const keys = JSON.stringify(keybindings);
  if (keys === shownKeys) return;
  shownKeys = keys;
  Menu.setApplicationMenu(buildMenu((id) => windows.page()?.emit('app.command', { id }), keybindings));
}

/** Each but the first is a window. */
const MOST_DROPPED = 8;

/** Paths of files that were dropped on a window, as the preload script found them: the page itself never learns them. */
function followDrops(): void {
  ipcMain.on('drop', (event, paths: unknown) => {
    const page = windows.pageOf(event.sender);
    if (!page || !isTrustedSender(event.senderFrame) || !Array.isArray(paths)) return;
    const dropped = paths.filter((path): path is string => typeof path === 'string' && path !== '').slice(0, MOST_DROPPED);
    for (const [index, path] of dropped.entries()) {
      page.emit('app.openDocument', { handle: services.handles.of(path), here: index === 0 });
    }
  });
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, folder) => {
    const paths = documentsIn(argv, folder);
    for (const path of paths) windows.openFile(path);
    if (paths.length === 0) windows.focus();
  });
  const early: string[] = [];
  let isReady = false;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isReady) windows.openFile(path);
    else early.push(path);
  });
  app.on('before-quit', () => windows.quitting());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => services.close());
  app.on('web-contents-created', (_event, contents) => confine(contents));
  void app.whenReady().then(async () => {
    refusePermissions(session.defaultSession);
    showMenu({});
    services.onSettings(({ keybindings }) => showMenu(keybindings));
    followDrops();
    serveScheme(await loadStaticFiles(folders.page));
    await windows.restore([...early, ...documentsIn(process.argv, process.cwd())]);
    isReady = true;
  });
} else {
  app.quit();
}
