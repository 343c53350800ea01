import { randomUUID } from 'node:crypto';
import { BrowserWindow, ipcMain } from 'electron';
import type { Pipe } from '../../shared/rpc/define';
import type { Page } from '../services/pages';
import type { Services } from '../services/services';
import { confine, isTrustedSender, ORIGIN, webPreferences } from './security';
import { besides, coverAgain, coverOf, saveWindows, savedWindows, visibleBounds, type SavedWindow } from './windowState';

/** How long a window may take to put its drafts away before it is closed all the same. */
const CLOSE_GRACE = 3000;
/** A window that is moved tells each pixel; where it was half a second ago is good enough. */
const SAVE_DELAY = 500;

interface OpenWindow {
  readonly id: string;
  readonly window: BrowserWindow;
  readonly page: Page;
}

interface Parts {
  readonly services: Services;
  readonly userData: string;
  readonly preload: string;
}

/** The desktop's windows: each with a page of its own, all with the same services. They come back where they were. */
export function createWindows({ services, userData, preload }: Parts) {
  const open = new Map<BrowserWindow, OpenWindow>();
  let isQuitting = false;
  let timer: NodeJS.Timeout | undefined;

  function last(): OpenWindow | undefined {
    const focused = BrowserWindow.getFocusedWindow();
    return (focused && open.get(focused)) ?? [...open.values()].at(-1);
  }

  function save(): void {
    clearTimeout(timer);
    timer = undefined;
    const all = [...open.values()].map(({ id, window }): SavedWindow => ({ id, ...window.getNormalBounds(), cover: coverOf(window) }));
    if (all.length > 0) saveWindows(userData, all);
  }

  function saveSoon(): void {
    timer ??= setTimeout(save, SAVE_DELAY).unref();
  }

  async function openWindow(
    id: string,
    { cover, ...bounds }: Partial<Electron.Rectangle> & Pick<SavedWindow, 'cover'>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const window = new BrowserWindow({
      ...bounds,
      minWidth: 800,
      minHeight: 560,
      show: false,
      title: 'Skipwire',
      backgroundColor: '#fcfcfd',
      autoHideMenuBar: true,
      webPreferences: webPreferences(preload),
    });
    confine(window.webContents);
    const closing = closeAfterDrafts(window, () => page);
    const page = connectPage(services, window, {
      openWindow: (handle) => void openNew(handle),
      readyToClose: closing.allow,
    });
    open.set(window, { id, window, page });
    // Not “moved” and “resized”, which Linux does not send.
    window.on('move', saveSoon).on('resize', saveSoon);
    window.on('maximize', saveSoon).on('unmaximize', saveSoon).on('enter-full-screen', saveSoon).on('leave-full-screen', saveSoon);
    window.on('close', save);
    window.once('closed', () => {
      open.delete(window);
      // The last window is where the next start begins; one that was closed beside others is gone for good.
      if (open.size === 0 || isQuitting) return;
      save();
      void services.forgetWindow(id);
    });
    showWhenReady(window, cover);
    save();
    await window.loadURL(`${ORIGIN}/?${new URLSearchParams({ window: id, ...query }).toString()}`);
  }

  function openNew(handle: string | null): Promise<void> {
    return openWindow(randomUUID(), besides(last()?.window.getNormalBounds()), handle === null ? { new: '1' } : { open: handle });
  }

  return {
    /** The windows of last time, or a first one, and the files that the program was started with. */
    async restore(paths: readonly string[]): Promise<void> {
      const files = paths.map((path) => services.handles.of(path));
      const saved = await savedWindows(userData);
      const [only] = saved;
      if (only && saved.length > 1) {
        await Promise.all(saved.map(({ id, cover, ...bounds }) => openWindow(id, { ...visibleBounds(bounds), cover })));
        for (const handle of files) await openNew(handle);
      } else {
        const [first, ...others] = files;
        const bounds = only ? { ...visibleBounds(only), cover: only.cover } : besides(undefined);
        await openWindow(only?.id ?? randomUUID(), bounds, first === undefined ? {} : { open: first });
        for (const handle of others) await openNew(handle);
      }
    },
    /** Shows a file in the window that has it, else hands it to the one that was used last. */
    openFile(path: string): void {
      const owner = [...open.values()].find(({ page }) => page.files.has(path)) ?? last();
      if (!owner) return void openNew(services.handles.of(path));
      if (!owner.page.files.has(path)) owner.page.emit('app.openDocument', { handle: services.handles.of(path), here: false });
      owner.window.show();
      owner.window.focus();
    },
    focus: () => last()?.window.focus(),
    /** The page of the window that the menu belongs to. */
    page: () => last()?.page,
    pageOf: (contents: Electron.WebContents) => [...open.values()].find(({ window }) => window.webContents === contents)?.page,
    quitting: () => void (isQuitting = true),
  };
}

/** One pipe to the page; messages from anything but its top frame are dropped. */
function connectPage(services: Services, window: BrowserWindow, host: Page['host']): Page {
  const listeners: ((message: unknown) => void)[] = [];
  const pipe: Pipe = {
    send: (message) => {
      if (!window.isDestroyed()) window.webContents.send('pipe', message);
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void window.once('closed', listener),
    close: () => undefined,
  };
  const { webContents } = window;
  const receive = (event: Electron.IpcMainEvent, message: unknown) => {
    if (event.sender !== webContents || !isTrustedSender(event.senderFrame)) return;
    for (const listener of listeners) listener(message);
  };
  ipcMain.on('pipe', receive);
  window.once('closed', () => ipcMain.off('pipe', receive));
  return services.connect(pipe, host);
}

/** A window closes once its page has put its drafts away, or has taken too long over it. */
function closeAfterDrafts(window: BrowserWindow, page: () => Page) {
  let mayClose = false;
  const allow = () => {
    mayClose = true;
    if (!window.isDestroyed()) window.close();
  };
  window.on('close', (event) => {
    if (mayClose || window.webContents.isCrashed()) return;
    event.preventDefault();
    page().emit('app.closing', {});
    setTimeout(allow, CLOSE_GRACE).unref();
  });
  return { allow };
}

function showWhenReady(window: BrowserWindow, cover: SavedWindow['cover']): void {
  // Once: whoever has made it smaller meanwhile means it.
  const show = () => {
    clearTimeout(shown);
    window.off('ready-to-show', show);
    window.show();
    coverAgain(window, cover);
  };
  // On some displays the first frame is not told; a window must come all the same.
  const shown = setTimeout(show, 3000);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(shown));
}
