import { open, readFile, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';

/** Who writes a file; beside it, so that other programs of the same folder see it too. */
const lockRecord = z.object({
  pid: z.int().positive(),
  host: z.string(),
  since: z.number(),
  /** Of the process; left out by older versions. */
  born: z.string().nullable().optional(),
  /** The lock's own number in its file system: who copies a folder copies a lock that holds nothing. Left out by older versions. */
  file: z.string().optional(),
});
type Lock = z.output<typeof lockRecord>;

function lockFile(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** Takes the lock of a file. Gives undefined, or who holds it. The lock of a process that has ended is taken over. */
export async function takeLock(path: string, owner: string): Promise<string | undefined> {
  const own: Lock = { pid: process.pid, host: owner, since: Date.now(), born: await birthOf(process.pid) };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeLock(lockFile(path), own);
      return undefined;
    } catch (error) {
      // A folder that cannot be written needs no lock: nobody can save there.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return undefined;
      const holder = await lockHolder(path);
      if (holder) return holder;
      await unlink(lockFile(path)).catch(() => undefined);
    }
  }
  return undefined;
}

async function writeLock(path: string, lock: Lock): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(JSON.stringify({ ...lock, file: await numberOf(file) }));
  } finally {
    await file.close();
  }
}

/** As text: some file systems have numbers beyond 2⁵³. */
async function numberOf(file: FileHandle): Promise<string> {
  return (await file.stat({ bigint: true })).ino.toString();
}

const WORDS: Readonly<Record<string, string>> = { web: 'a browser window', terminal: 'a terminal' };

/** Who holds the lock of a file, in words; undefined where nobody does who still lives. */
export async function lockHolder(path: string): Promise<string | undefined> {
  const lock = await open(lockFile(path)).catch(() => undefined);
  try {
    if (!lock) return undefined;
    const { pid, host, since, born, file } = lockRecord.parse(JSON.parse(await lock.readFile('utf8')));
    if (file !== undefined && file !== (await numberOf(lock))) return undefined;
    // Numbers of processes come again, after a restart of the machine very soon, and then mostly as those of another user.
    const now = await birthOf(pid);
    if (born && now && born !== now) return undefined;
    process.kill(pid, 0);
    return `${WORDS[host] ?? 'another window'}, since ${new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'another user' : undefined;
  } finally {
    await lock?.close();
  }
}

/** What tells a process from a later one of the same number: when it began, in the system's own measure. Null where Linux's `/proc` is not. */
async function birthOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name in brackets may hold anything; the start is the 20th word after it.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

export async function releaseLock(path: string): Promise<void> {
  await unlink(lockFile(path)).catch(() => undefined);
}
