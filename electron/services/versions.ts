import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';
import { safeSave } from './safeSave';

/** Saves of each document that can be looked at and restored. */
const KEPT = 20;
/** An automatic save is a version of its own only this long after the last one: twenty of them would be a minute's work. */
const APART = 5 * 60_000;
const NAME = /^(\d{13})\.skip\.json$/;

export interface Version {
  readonly version: string;
  readonly savedAt: number;
  readonly bytes: number;
}

/** Texts of the last saves, by the document's id, in the user's data folder: also of files on drives that are gone. */
export function createVersions(host: Host) {
  const folderOf = (id: string) => join(host.paths.userData, 'versions', createHash('sha256').update(id).digest('hex').slice(0, 24));
  return {
    /** Keeps what was just saved. A version that could not be kept is no reason to call the save failed. */
    async keep(text: string, automatic: boolean): Promise<void> {
      const id = documentId(text);
      if (id !== undefined) await keepIn(folderOf(id), text, automatic).catch(() => undefined);
    },
    async list(id: string): Promise<readonly Version[]> {
      const folder = folderOf(id);
      const names = await namesIn(folder);
      const listed = names.map(async (name) => ({
        version: name,
        savedAt: Number(NAME.exec(name)?.[1]),
        bytes: await sizeOf(join(folder, name)),
      }));
      return Promise.all(listed);
    },
    async read(id: string, version: string): Promise<string> {
      const gone = new RpcError('E_GONE', 'This version is not kept any more.', 'Choose another one.');
      if (!NAME.test(version)) throw gone;
      return readFile(join(folderOf(id), version), 'utf8').catch(() => Promise.reject(gone));
    },
  };
}

async function keepIn(folder: string, text: string, automatic: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await namesIn(folder);
  const [latest] = names;
  if (automatic && latest !== undefined && Date.now() - Number(NAME.exec(latest)?.[1]) < APART) return;
  if (latest !== undefined && (await readFile(join(folder, latest), 'utf8')) === text) return;
  // Two saves in one millisecond, or a clock that was put back: the order of saving holds.
  const at = Math.max(Date.now(), Number(NAME.exec(latest ?? '')?.[1] ?? 0) + 1);
  await safeSave(join(folder, `${at}.skip.json`), text);
  await Promise.all(names.slice(KEPT - 1).map((name) => unlink(join(folder, name)).catch(() => undefined)));
}

/** The latest first. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => NAME.test(name)).toSorted((a, b) => b.localeCompare(a));
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function documentId(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
