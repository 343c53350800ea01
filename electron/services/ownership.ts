import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AppInfo } from '../../shared/rpc/contract';
import { releaseLock, takeLock } from './lock';

/**
 * Which window may write which file: the first that opened it. Between programs a lock file says so, between windows of this
 * program a table. A file has one owner by whatever link it was opened.
 */
export function createOwnership(kind: AppInfo['host']) {
  const owners = new Map<string, string>();
  return {
    /** Takes the file for a window. Gives undefined, or who has it. */
    async take(path: string, window: string): Promise<string | undefined> {
      const key = await keyOf(path);
      const owner = owners.get(key);
      if (owner !== undefined) return owner === window ? undefined : 'another window';
      // Before the wait for the disk: a second window may ask in the meantime.
      owners.set(key, window);
      const holder = await takeLock(key, kind);
      if (holder !== undefined) owners.delete(key);
      return holder;
    },
    /** True where the window had it. */
    async release(path: string, window: string): Promise<boolean> {
      const key = await keyOf(path);
      if (owners.get(key) !== window) return false;
      owners.delete(key);
      await releaseLock(key);
      return true;
    },
  };
}

/** One name for a file, also where it does not exist yet. */
async function keyOf(path: string): Promise<string> {
  const folder = () => realpath(dirname(path)).then((real) => join(real, basename(path)));
  return realpath(path)
    .catch(folder)
    .catch(() => path);
}
