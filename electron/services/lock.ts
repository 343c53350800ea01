import { readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';

/** Who writes a file; beside it, so that other programs of the same folder see it too. */
const lockRecord = z.object({
  pid: z.int().positive(),
  host: z.string(),
  since: z.number(),
  /** Of the process; left out by older versions. */
  born: z.string().nullable().optional(),
});
type Lock = z.output<typeof lockRecord>;

function lockFile(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** Takes the lock of a file. Gives undefined, or who holds it. The lock of a process that has ended is taken over. */
export async function takeLock(path: string, owner: string): Promise<string | undefined> {
  const lock: Lock = { pid: process.pid, host: owner, since: Date.now(), born: await birthOf(process.pid) };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(lockFile(path), JSON.stringify(lock), { flag: 'wx' });
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

const WORDS: Readonly<Record<string, string>> = { web: 'a browser window', terminal: 'a terminal' };

/** Who holds the lock of a file, in words; undefined where nobody does who still lives. */
export async function lockHolder(path: string): Promise<string | undefined> {
  try {
    const { pid, host, since, born } = lockRecord.parse(JSON.parse(await readFile(lockFile(path), 'utf8')));
    // Numbers of processes come again, after a restart of the machine very soon, and then mostly as those of another user.
    const now = await birthOf(pid);
    if (born && now && born !== now) return undefined;
    process.kill(pid, 0);
    return `${WORDS[host] ?? 'another window'}, since ${new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'another user' : undefined;
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
