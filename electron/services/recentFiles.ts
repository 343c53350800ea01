import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from './host';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';

const KEPT = 12;

interface RecentFile {
  readonly path: string;
  readonly openedAt: number;
}

/** The files that were opened or saved last, the latest first. */
export function createRecentFiles(host: Host) {
  const file = join(host.paths.userData, 'recent.json');

  async function list(): Promise<readonly RecentFile[]> {
    const entries = await readJsonFile(file);
    if (!Array.isArray(entries)) return [];
    return entries.filter(
      (entry): entry is RecentFile =>
        typeof (entry as { path?: unknown })?.path === 'string' && typeof (entry as { openedAt?: unknown })?.openedAt === 'number',
    );
  }

  return {
    list,
    async remember(path: string): Promise<void> {
      const known = (await list()).filter((entry) => entry.path !== path);
      const entries = [{ path, openedAt: Date.now() }, ...known].slice(0, KEPT);
      // Losing the list of recent files is no reason to fail an open.
      await mkdir(host.paths.userData, { recursive: true })
        .then(() => safeSave(file, JSON.stringify(entries)))
        .catch(() => undefined);
    },
  };
}
