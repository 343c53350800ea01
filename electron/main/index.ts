import { app, dialog, ipcMain, Menu, session, shell, utilityProcess, BrowserWindow } from 'electron';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Settings } from '../../shared/rpc/contract';
import type { Pipe } from '../../shared/rpc/define';
import type { EngineProcess, Host } from '../services/host';
import { exitReason, programFolders, programVersion } from '../services/nodeHost';
import { createServices } from '../services/services';
import { loadStaticFiles } from '../services/staticFiles';
import { buildMenu } from './menu';
import { registerScheme, serveScheme } from './appProtocol';
import { confine, isTrustedSender, ORIGIN, refusePermissions, webPreferences } from './security';
import { rememberWindow, windowBounds } from './windowState';

const folders = programFolders();
/** How long a window may take to put its drafts away before it is closed all the same. */
const CLOSE_GRACE = 3000;

registerScheme();
if (process.env['SKIPWIRE_USER_DATA']) app.setPath('userData', process.env['SKIPWIRE_USER_DATA']);

let window: BrowserWindow | undefined;
let mayClose = false;

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
    folder: async (name) =>
      (await dialog.showSaveDialog({ title: 'Export to a new folder', buttonLabel: 'Export', defaultPath: join(homedir(), name) }))
        .filePath || null,
  },
  forkEngine: forkEngineWithElectron,
  reveal: (path) => shell.showItemInFolder(path),
  openExternal: (url) => void shell.openExternal(url),
  readyToClose: () => {
    mayClose = true;
    window?.close();
  },
};

function forkEngineWithElectron(): EngineProcess {
  const child = utilityProcess.fork(folders.engine, [], { serviceName: 'Skipwire engine', stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  return {
    get pid() {
      return child.pid;
    },
    pipe: {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onClose: (listener) => void child.on('exit', listener),
      close: () => void child.kill(),
    },
    kill: () => {
      // `kill()` of a utility process is a polite SIGTERM, which a busy native step does not hear.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
    onStderr: (listener) => void child.stderr?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8'))),
    onExit: (listener) =>
      void child.once('exit', (code) => listener(code === 9 || code === 137 ? exitReason(null, 'SIGKILL') : exitReason(code, null))),
  };
}

const services = createServices(host);

/** One pipe to the page; messages from anything but its top frame are dropped. */
function connectPage(page: BrowserWindow): void {
  const listeners: ((message: unknown) => void)[] = [];
  const pipe: Pipe = {
    send: (message) => {
      if (!page.isDestroyed()) page.webContents.send('pipe', message);
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void page.once('closed', listener),
    close: () => undefined,
  };
  const receive = (event: Electron.IpcMainEvent, message: unknown) => {
    if (event.sender !== page.webContents || !isTrustedSender(event.senderFrame)) return;
    for (const listener of listeners) listener(message);
  };
  ipcMain.on('pipe', receive);
  page.once('closed', () => ipcMain.off('pipe', receive));
  services.connect(pipe);
}

async function openWindow(): Promise<void> {
  mayClose = false;
  const page = new BrowserWindow({
    ...(await windowBounds(host.paths.userData)),
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Skipwire',
    backgroundColor: '#fcfcfd',
    autoHideMenuBar: true,
    webPreferences: webPreferences(folders.preload),
  });
  window = page;
  confine(page.webContents);
  connectPage(page);
  // On some displays the first frame is not told; a window must come all the same.
  const shown = setTimeout(() => page.show(), 3000);
  page.once('ready-to-show', () => {
    clearTimeout(shown);
    page.show();
  });
  page.once('closed', () => clearTimeout(shown));
  page.on('close', (event) => {
    rememberWindow(host.paths.userData, page.getNormalBounds());
    if (mayClose || page.webContents.isCrashed()) return;
    event.preventDefault();
    services.hub.emit('app.closing', {});
    setTimeout(() => {
      mayClose = true;
      if (!page.isDestroyed()) page.close();
    }, CLOSE_GRACE).unref();
  });
  page.on('closed', () => {
    if (window === page) window = undefined;
  });
  await page.loadURL(`${ORIGIN}/`);
}

/** The first argument that is a document; options of Chromium and of the launcher are none. */
function documentIn(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((argument) => argument.endsWith('.json') && !argument.startsWith('-'));
}

let shownKeys: string | undefined;

/** The native menu with the person's own shortcuts; made anew only where they changed. */
function showMenu(keybindings: Settings['keybindings']): void {
  const keys = JSON.stringify(keybindings);
  if (keys === shownKeys) return;
  shownKeys = keys;
  Menu.setApplicationMenu(buildMenu((id) => services.hub.emit('app.command', { id }), keybindings));
}

async function openFromOutside(path: string): Promise<void> {
  const opened = await services.project.openPath(path).catch(() => undefined);
  if (opened) services.hub.emit('app.openDocument', opened);
  window?.show();
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, folder) => {
    const path = documentIn(argv);
    if (path) void openFromOutside(resolve(folder, path));
    else window?.focus();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openFromOutside(path);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => services.close());
  app.on('web-contents-created', (_event, contents) => confine(contents));
  void app.whenReady().then(async () => {
    refusePermissions(session.defaultSession);
    showMenu({});
    services.onSettings(({ keybindings }) => showMenu(keybindings));
    serveScheme(await loadStaticFiles(folders.page));
    const path = documentIn(process.argv);
    if (path) services.project.setInitial(await services.project.openPath(path).catch(() => null));
    await openWindow();
  });
} else {
  app.quit();
}
