import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import type { Host } from './host';
import { safeSave } from './safeSave';

type HistoryCalls = Pick<Handlers<HostContract>, 'history.put' | 'history.get'>;

/** Documents whose steps are kept; those that were not touched for longest go first. */
const DOCUMENTS = 100;

/** The steps of documents, by their id, so that undo goes on after reopening. The page says what they mean. */
export function createHistoryService(host: Host): HistoryCalls {
  const folder = join(host.paths.userData, 'history');
  const fileOf = (id: string) => join(folder, `${createHash('sha256').update(id).digest('hex').slice(0, 24)}.json`);
  const pruned = new Set<string>();
  return {
    'history.put': async ({ id, text }) => {
      await mkdir(folder, { recursive: true });
      await safeSave(fileOf(id), text);
      if (!pruned.has(id)) await prune(folder);
      pruned.add(id);
      return {};
    },
    'history.get': async ({ id }) => ({ text: await readFile(fileOf(id), 'utf8').catch(() => null) }),
  };
}

async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  if (names.length <= DOCUMENTS) return;
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const old = files.toSorted((a, b) => b.at - a.at).slice(DOCUMENTS);
  await Promise.all(old.map(({ name }) => unlink(join(folder, name)).catch(() => undefined)));
}
