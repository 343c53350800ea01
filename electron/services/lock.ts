import { readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Who has a document open for writing; beside it, so that other programs of the same folder see it too. */
interface Lock {
  readonly pid: number;
  readonly host: string;
  readonly since: number;
}

function lockFile(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** Takes the lock of a document. Gives undefined, or who holds it. The lock of a process that has ended is taken over. */
export async function takeLock(path: string, owner: string): Promise<string | undefined> {
  const lock: Lock = { pid: process.pid, host: owner, since: Date.now() };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(lockFile(path), JSON.stringify(lock), { flag: 'wx' });
      return undefined;
    } catch (error) {
      // A folder that cannot be written needs no lock: nobody can save there.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return undefined;
      const holder = await holderOf(path);
      if (holder) return holder;
      await unlink(lockFile(path)).catch(() => undefined);
    }
  }
  return undefined;
}

async function holderOf(path: string): Promise<string | undefined> {
  try {
    const { pid, host, since } = JSON.parse(await readFile(lockFile(path), 'utf8')) as Lock;
    process.kill(pid, 0);
    return `${host === 'web' ? 'a browser window' : 'another window'}, since ${new Date(since).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' })}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'another user' : undefined;
  }
}

export async function releaseLock(path: string): Promise<void> {
  await unlink(lockFile(path)).catch(() => undefined);
}
