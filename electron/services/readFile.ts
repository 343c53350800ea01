import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { LIMITS } from '../../shared/document/fileForm';
import { RpcError } from '../../shared/rpc/messages';

export interface ReadFile {
  readonly bytes: Buffer;
  /** Changes with the file: time, size and identity. */
  readonly stamp: string;
}

/** A regular file of bounded size, or an error that says what is there instead. Never opens a pipe or a device for reading. */
export async function readRegularFile(path: string, limit: number = LIMITS.bytes): Promise<ReadFile> {
  const name = basename(path);
  try {
    // Without O_NONBLOCK opening a FIFO would wait for a writer.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await file.stat();
      if (!stat.isFile())
        throw new RpcError('E_NOT_FILE', `"${name}" is ${stat.isDirectory() ? 'a folder' : 'not a regular file'}.`, 'Choose a file.');
      if (stat.size > limit)
        throw new RpcError(
          'E_TOO_BIG',
          `"${name}" has ${(stat.size / 1024 / 1024).toFixed(0)} MB; at most ${(limit / 1024 / 1024).toFixed(0)} MB are read.`,
        );
      return { bytes: await file.readFile(), stamp: stampOf(stat) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readError(error, name);
  }
}

export function stampOf({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): string {
  return `${mtimeMs}-${size}-${ino}`;
}

function readError(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new RpcError('E_GONE', `"${name}" is not there.`, 'It may have been moved or deleted.');
  if (code === 'EACCES' || code === 'EPERM') return new RpcError('E_PERM', `"${name}" may not be read.`, 'Ask for the right to read it.');
  if (code === 'EISDIR' || code === 'ENXIO') return new RpcError('E_NOT_FILE', `"${name}" is not a regular file.`, 'Choose a file.');
  if (code === 'ELOOP')
    return new RpcError('E_NOT_FILE', `"${name}" is a link to itself.`, 'Choose the file that the link should lead to.');
  if (code === 'EIO' || code === 'ENODEV' || code === 'ESTALE')
    return new RpcError('E_GONE', `"${name}" cannot be read: its drive does not answer.`, 'Plug the drive in again, or connect to it.');
  if (code === 'ENAMETOOLONG') return new RpcError('E_NAME', `The name "${name.slice(0, 40)}…" is too long.`);
  return error;
}
