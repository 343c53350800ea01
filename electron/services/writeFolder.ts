import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportedFile } from '../../shared/export/exporter';
import { RpcError } from '../../shared/rpc/messages';
import { saveError } from './safeSave';

/**
 * Writes a folder of files all or nothing: aside, each flushed, then swapped in. An export that is there already is
 * replaced only when the new one is whole; a folder that holds anything else is never touched.
 */
export async function writeFolder(folder: string, files: readonly ExportedFile[]): Promise<void> {
  await refuseForeign(folder, files);
  const aside = join(dirname(folder), `.${basename(folder)}.writing`);
  const old = join(dirname(folder), `.${basename(folder)}.old`);
  try {
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside, { recursive: true });
    for (const { name, bytes } of files) await writeFlushed(join(aside, name), bytes);
    await rm(old, { recursive: true, force: true });
    if (await exists(folder)) await rename(folder, old);
    await rename(aside, folder);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    if ((await exists(old)) && !(await exists(folder))) await rename(old, folder).catch(() => undefined);
    throw saveError(
      error,
      folder,
      files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function refuseForeign(folder: string, files: readonly ExportedFile[]): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) throw new RpcError('E_NOT_FOLDER', `"${basename(folder)}" is a file.`, 'Choose another name.');
  const ours = new Set(files.map(({ name }) => name.split('/')[0]));
  const foreign = (await readdir(folder)).find((name) => !ours.has(name) && !/^(group1-shard\d+of\d+\.bin|variables|assets)$/.test(name));
  if (foreign !== undefined)
    throw new RpcError(
      'E_NOT_EMPTY',
      `The folder "${basename(folder)}" holds "${foreign}", which is not part of an export.`,
      'Choose a new or empty folder.',
    );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
