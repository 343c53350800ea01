import { createHash } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RpcError } from '../../shared/rpc/messages';

/** The part of the file API that a save uses; a test puts one in its place that fails at the k-th call. */
export type SaveFs = Pick<typeof nodeFs, 'open' | 'rename' | 'unlink' | 'realpath' | 'stat' | 'copyFile'>;

const queues = new Map<string, Promise<unknown>>();
const backedUp = new Set<string>();

export interface SaveOptions {
  readonly fs?: SaveFs;
  /** Keep the version before this session's first save as `name.bak`. */
  readonly backup?: boolean;
}

/**
 * Writes a whole file so that at any moment – kill, full disk, power cut – the old or the new version is there, never a
 * mix: aside, all bytes, flushed to the disk, size checked, renamed over the old one, folder flushed. Saves of one file
 * take turns. A symbolic link stays one.
 */
export async function safeSave(path: string, content: string | Uint8Array, options: SaveOptions = {}): Promise<void> {
  const previous = queues.get(path) ?? Promise.resolve();
  const own = previous.catch(() => undefined).then(() => save(path, content, options));
  queues.set(path, own);
  try {
    await own;
  } finally {
    if (queues.get(path) === own) queues.delete(path);
  }
}

async function save(path: string, content: string | Uint8Array, { fs = nodeFs, backup = false }: SaveOptions): Promise<void> {
  const bytes =
    typeof content === 'string' ? Buffer.from(content, 'utf8') : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  const target = await realTarget(fs, path);
  const aside = join(dirname(target), asideName(basename(target)));
  try {
    const mode = await fs.stat(target).then(
      ({ mode: old }) => old & 0o777,
      () => 0o644,
    );
    await writeAside(fs, aside, bytes, mode);
    if (backup && !backedUp.has(target)) await keepBackup(fs, target);
    await fs.rename(aside, target);
    await flushFolder(fs, dirname(target));
  } catch (error) {
    await fs.unlink(aside).catch(() => undefined);
    throw saveError(error, path, bytes.length);
  }
}

/** What most file systems take, in bytes. */
const LONGEST_NAME = 255;

/**
 * A fixed name: what a kill leaves behind is overwritten by the next save instead of piling up. Where the file's own name is as long as
 * a name may be, its hash stands for it: what could be opened must be saved.
 */
function asideName(name: string): string {
  const aside = `.${name}.saving`;
  return Buffer.byteLength(aside) <= LONGEST_NAME ? aside : `.${createHash('sha256').update(name).digest('hex').slice(0, 24)}.saving`;
}

async function realTarget(fs: SaveFs, path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw saveError(error, path, 0);
  }
}

async function writeAside(fs: SaveFs, aside: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await fs.open(aside, 'w', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
    const { size } = await file.stat();
    if (size !== bytes.length) throw Object.assign(new Error(`only ${size} of ${bytes.length} bytes were written`), { code: 'ENOSPC' });
  } finally {
    await file.close();
  }
}

async function keepBackup(fs: SaveFs, target: string): Promise<void> {
  try {
    await fs.copyFile(target, `${target}.bak`);
    backedUp.add(target);
  } catch (error) {
    // Nothing to keep, or no room for four letters more in its name.
    if (!['ENOENT', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Makes the rename itself last; not every system lets a folder be opened. */
async function flushFolder(fs: SaveFs, folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** What the file system said, in words. */
export function saveError(error: unknown, path: string, bytes: number): RpcError {
  const name = basename(path);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new RpcError(
      'E_NO_SPACE',
      `The disk is full: "${name}" needs ${Math.ceil(bytes / 1024)} KB. The file on disk is as it was.`,
      'Free some space, or save it elsewhere.',
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new RpcError('E_READ_ONLY', `"${name}" cannot be written: the file or its folder is read-only.`, 'Save it elsewhere.');
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new RpcError('E_GONE', `The folder of "${name}" is not there any more.`, 'Save it elsewhere.');
  if (code === 'EIO' || code === 'ENODEV' || code === 'ESTALE')
    return new RpcError(
      'E_GONE',
      `"${name}" could not be saved: its drive does not answer.`,
      'Save it elsewhere, or plug the drive in again.',
    );
  if (code === 'EISDIR') return new RpcError('E_NOT_FILE', `"${name}" is a folder.`, 'Choose another name.');
  if (code === 'ENAMETOOLONG')
    return new RpcError('E_NAME', `The name "${name.slice(0, 40)}…" is too long for this disk.`, 'Choose a shorter name.');
  if (error instanceof RpcError) return error;
  return new RpcError(
    'E_SAVE',
    `"${name}" could not be saved: ${error instanceof Error ? error.message : String(error)}. The file on disk is as it was.`,
    'Save it elsewhere.',
  );
}
