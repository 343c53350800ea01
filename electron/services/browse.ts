import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Dirent } from 'node:fs';
import { EXTENSION } from '../../shared/document/extension';
import { RpcError } from '../../shared/rpc/messages';
import type { Handles } from './handles';
import type { Host } from './host';

/** Of folders and of documents, each. */
const MOST = 1000;

/** Folders and documents of a folder, nowhere above the one that the host was started in. */
export async function browse(host: Host, handles: Handles, folder: string | null) {
  const { browseRoot } = host.paths;
  if (browseRoot === null) throw new RpcError('E_NO_BROWSE', 'This host has file dialogs of its own.');
  const root = await realpath(browseRoot);
  const path = folder === null ? root : await realpath(handles.path(folder));
  const below = relative(root, path);
  if (below === '..' || below.startsWith(`..${sep}`))
    throw new RpcError('E_HANDLE', 'This folder is outside of what the server was started with.');
  return {
    folder: handles.of(path),
    title: below === '' ? basename(root) || root : below,
    parent: path === root ? null : handles.of(dirname(path)),
    entries: await Promise.all((await entriesOf(path)).map((entry) => described(path, entry, handles))),
  };
}

interface Entry {
  readonly kind: 'folder' | 'document';
  readonly name: string;
}

async function entriesOf(path: string): Promise<readonly Entry[]> {
  const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const linked = await linkedFolders(path, entries);
  const isFolder = (entry: Dirent) => entry.isDirectory() || linked.has(entry);
  const folders = entries.filter(isFolder).slice(0, MOST);
  // A link is followed when it is opened, as the person who made it means it.
  const documents = entries.filter((entry) => !isFolder(entry) && entry.name.endsWith(EXTENSION)).slice(0, MOST);
  return [
    ...folders.map(({ name }) => ({ kind: 'folder' as const, name })),
    ...documents.map(({ name }) => ({ kind: 'document' as const, name })),
  ];
}

/** Links that lead to folders; where they lead is looked at when they are opened. */
async function linkedFolders(path: string, entries: readonly Dirent[]): Promise<ReadonlySet<Dirent>> {
  const links = entries.filter((entry) => entry.isSymbolicLink()).slice(0, MOST);
  const are = await Promise.all(
    links.map(({ name }) =>
      stat(join(path, name)).then(
        (target) => target.isDirectory(),
        () => false,
      ),
    ),
  );
  return new Set(links.filter((_link, index) => are[index]));
}

async function described(path: string, { kind, name }: Entry, handles: Handles) {
  const full = join(path, name);
  const modifiedAt = await stat(full).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return { kind, handle: handles.of(full), name, modifiedAt };
}
