import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withExtension } from '../../shared/document/extension';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract, OpenedDocument } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { browse } from './browse';
import { checkedName } from './fileNames';
import { createFileWatch } from './fileWatch';
import type { Handles } from './handles';
import type { Host } from './host';
import { createOwnership } from './ownership';
import type { Page, Pages } from './pages';
import { readRegularFile, stampOf } from './readFile';
import { createRecentFiles } from './recentFiles';
import { safeSave } from './safeSave';
import { openSample, SAMPLES } from './samples';
import { createVersions } from './versions';

type Calls = Pick<
  Handlers<HostContract>,
  | 'project.samples'
  | 'project.recent'
  | 'project.open'
  | 'project.initial'
  | 'project.save'
  | 'project.saveAs'
  | 'project.close'
  | 'project.claim'
  | 'project.tell'
  | 'project.versions'
  | 'project.version'
  | 'project.browse'
>;

export interface ProjectService {
  callsFor(page: Page): Calls;
  /** The file that the next page opens first: one that came from the user by the command line. */
  setInitial(path: string): void;
  /** Gives back all that a page had open. */
  leave(page: Page): Promise<void>;
  close(): void;
}

/** Documents on disk: opened by handle, saved safely, written by one window at a time. */
export function createProjectService(host: Host, handles: Handles, pages: Pages): ProjectService {
  const ownership = createOwnership(host.kind);
  const recent = createRecentFiles(host);
  const versions = createVersions(host);
  const watch = createFileWatch((path, stamp) => tell(path, (page) => page.emit('project.changed', { handle: handles.of(path), stamp })));
  let initial: string | null = null;

  function tell(path: string, act: (page: Page) => void, except?: Page): void {
    for (const page of pages.withFile(path)) if (page !== except) act(page);
  }

  async function openFor(page: Page, path: string): Promise<OpenedDocument> {
    const { bytes, stamp } = await readRegularFile(path);
    const lockedBy = (await ownership.take(path, page.window)) ?? null;
    if (lockedBy !== null) tell(path, (owner) => owner.emit('project.followed', { handle: handles.of(path) }), page);
    show(page, path);
    await recent.remember(path);
    return {
      handle: handles.of(path),
      name: basename(path),
      folder: dirname(path),
      text: bytes.toString('utf8'),
      stamp,
      readOnly: await isReadOnly(path),
      lockedBy,
    };
  }

  function show(page: Page, path: string): void {
    page.files.add(path);
    watch.add(path, page.window);
  }

  async function release(page: Page, path: string): Promise<void> {
    page.files.delete(path);
    watch.remove(path, page.window);
    if (await ownership.release(path, page.window)) tell(path, (other) => other.emit('project.free', { handle: handles.of(path) }));
  }

  function write(path: string, text: string, automatic = false): Promise<string> {
    return watch.during(path, async () => {
      await safeSave(path, text, { backup: true });
      await versions.keep(text, automatic);
      return stampOf(await stat(path));
    });
  }

  async function chosenTarget(target: { folder: string; name: string } | null, suggestedName: string): Promise<string | null> {
    const chosen = target ? join(handles.path(target.folder), checkedName(target.name)) : await host.dialogs?.save(suggestedName);
    if (!chosen) return null;
    const path = withExtension(chosen);
    // The host's dialog asked about the name as it was typed.
    if (!target && path !== chosen && (await exists(path)))
      throw new RpcError(
        'E_EXISTS',
        `"${basename(path)}" is there already.`,
        'Choose it by its whole name to replace it, or another name.',
      );
    return path;
  }

  const callsFor = (page: Page): Calls => ({
    'project.samples': () => SAMPLES,
    'project.recent': async () =>
      (await recent.list()).map(({ path, openedAt }) => ({
        handle: handles.of(path),
        name: basename(path),
        folder: dirname(path),
        openedAt,
      })),
    'project.open': async (source) => {
      if (source.kind === 'sample') return openSample(host, source.name);
      if (source.kind === 'handle') return openFor(page, handles.path(source.handle));
      const path = await host.dialogs?.open();
      return path ? openFor(page, path) : null;
    },
    'project.initial': () => {
      const path = initial;
      initial = null;
      return path === null ? null : openFor(page, path);
    },
    'project.save': async ({ handle, text, stamp, overwrite, automatic }) => {
      const path = handles.path(handle);
      if (!overwrite) await refuseChanged(path, stamp);
      const holder = await ownership.take(path, page.window);
      if (holder !== undefined && !overwrite)
        throw new RpcError('E_LOCKED', `"${basename(path)}" is open in ${holder}.`, 'Close it there, or save under another name.');
      show(page, path);
      return { stamp: await write(path, text, automatic) };
    },
    'project.saveAs': async ({ text, suggestedName, target }) => {
      const path = await chosenTarget(target, suggestedName);
      if (!path) return null;
      const holder = await ownership.take(path, page.window);
      if (holder !== undefined) throw new RpcError('E_LOCKED', `"${basename(path)}" is open in ${holder}.`, 'Choose another name.');
      const stamp = await write(path, text);
      show(page, path);
      await recent.remember(path);
      return { handle: handles.of(path), name: basename(path), folder: dirname(path), stamp };
    },
    'project.close': async ({ handle }) => {
      await release(page, handles.path(handle));
      return {};
    },
    'project.claim': async ({ handle }) => {
      const path = handles.path(handle);
      show(page, path);
      const holder = await ownership.take(path, page.window);
      return { lockedBy: holder ?? null, stamp: await stat(path).then(stampOf, () => null) };
    },
    'project.tell': ({ handle, ...change }) => {
      tell(handles.path(handle), (other) => other.emit('project.told', { handle, ...change }), page);
      return {};
    },
    'project.versions': async ({ documentId }) => [...(await versions.list(documentId))],
    'project.version': async ({ documentId, version }) => ({ text: await versions.read(documentId, version) }),
    'project.browse': async ({ folder }) => browse(host, handles, folder),
  });

  return {
    callsFor,
    setInitial: (path) => void (initial = path),
    async leave(page) {
      await Promise.all([...page.files].map((path) => release(page, path)));
    },
    close: () => watch.close(),
  };
}

async function refuseChanged(path: string, stamp: string | null): Promise<void> {
  const now = await stat(path).then(stampOf, () => null);
  if (stamp === null || now === null || now === stamp) return;
  throw new RpcError(
    'E_CHANGED',
    `"${basename(path)}" was changed on disk by another program since it was opened.`,
    'Save over it, or save under another name.',
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isReadOnly(path: string): Promise<boolean> {
  const writable = await Promise.all([access(path, constants.W_OK), access(dirname(path), constants.W_OK)]).then(
    () => true,
    () => false,
  );
  return !writable;
}
