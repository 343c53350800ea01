import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Handlers } from '../../shared/rpc/define';
import { windowState, type HostContract, type WindowState } from '../../shared/rpc/contract';
import type { Handles } from './handles';
import type { Host } from './host';
import { readJsonFile } from './jsonFile';
import type { Page, Pages } from './pages';
import { safeSave } from './safeSave';

type WindowCalls = Pick<Handlers<HostContract>, 'window.attach' | 'window.open' | 'window.keep' | 'window.restore' | 'app.readyToClose'>;

/** Windows that are remembered; those that were not open for longest go first. */
const KEPT = 30;
/** On disk a window knows its file's path; a handle is only good for one session. */
const stored = windowState.omit({ handle: true }).extend({ path: z.string().nullable() });

/** Where each window was, so that after a restart it is there again. */
export function createWindowsService(host: Host, handles: Handles, pages: Pages) {
  const folder = join(host.paths.userData, 'windows');
  const fileOf = (window: string) => join(folder, `${createHash('sha256').update(window).digest('hex').slice(0, 24)}.json`);

  async function read(file: string): Promise<WindowState | null> {
    const parsed = stored.safeParse(await readJsonFile(file));
    if (!parsed.success) return null;
    const { path, ...state } = parsed.data;
    return { ...state, handle: path === null ? null : handles.of(path) };
  }

  return {
    /** Forgets a window that was closed for good. */
    forget: (window: string) => unlink(fileOf(window)).catch(() => undefined),
    callsFor: (page: Page): WindowCalls => ({
      'window.attach': ({ window }) => ({ window: pages.attach(page, window) }),
      'window.open': ({ handle }) => {
        if (handle !== null) handles.path(handle);
        page.host.openWindow(handle);
        return {};
      },
      'window.keep': async ({ handle, ...state }) => {
        await mkdir(folder, { recursive: true });
        await safeSave(fileOf(page.window), JSON.stringify({ ...state, path: handle === null ? null : handles.path(handle) }));
        await prune(folder);
        return {};
      },
      'window.restore': async ({ adopt }) => {
        const isAlone = pages.others(page).length === 0;
        const own = await read(fileOf(page.window));
        if (own || !adopt || !isAlone) return { state: own, isAlone };
        const [latest] = await latestFirst(folder);
        return { state: latest === undefined ? null : await read(join(folder, latest)), isAlone };
      },
      'app.readyToClose': () => {
        page.host.readyToClose();
        return {};
      },
    }),
  };
}

async function latestFirst(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  const dated = names.map(async (name) => ({
    name,
    at: await stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  }));
  return (await Promise.all(dated)).toSorted((a, b) => b.at - a.at).map(({ name }) => name);
}

async function prune(folder: string): Promise<void> {
  const old = (await latestFirst(folder)).slice(KEPT);
  await Promise.all(old.map((name) => unlink(join(folder, name)).catch(() => undefined)));
}
