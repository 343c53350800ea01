import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Handlers } from '../../shared/rpc/define';
import { contract, type HostContract } from '../../shared/rpc/contract';
import type { Handles } from './handles';
import type { Host } from './host';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';

type DraftCalls = Pick<Handlers<HostContract>, 'drafts.put' | 'drafts.list' | 'drafts.drop'>;

/** On disk a draft knows its file's path; a handle is only good for one session. */
const stored = z.strictObject({
  id: z.string(),
  name: z.string(),
  path: z.string().nullable(),
  stamp: z.string().nullable().default(null),
  text: z.string(),
  savedAt: z.number(),
});

/** Unsaved documents, so that closing or a crash loses nothing. A damaged draft is moved aside and blocks nothing. */
export function createDraftsService(host: Host, handles: Handles): DraftCalls {
  const folder = join(host.paths.userData, 'drafts');
  const fileOf = (id: string) => join(folder, `${createHash('sha256').update(id).digest('hex').slice(0, 24)}.json`);
  return {
    'drafts.put': async ({ id, name, handle, stamp, text }) => {
      await mkdir(folder, { recursive: true });
      const path = handle === null ? null : handles.path(handle);
      await safeSave(fileOf(id), JSON.stringify({ id, name, path, stamp, text, savedAt: Date.now() }));
      return {};
    },
    'drafts.list': async () => {
      const names = await readdir(folder).catch(() => []);
      const drafts = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readDraft(join(folder, name))));
      return drafts
        .filter((draft) => draft !== undefined)
        .sort((a, b) => b.savedAt - a.savedAt)
        .map(({ path, ...draft }) => ({ ...draft, handle: path === null ? null : handles.of(path) }))
        .filter((draft) => contract.calls['drafts.list'].output.safeParse([draft]).success);
    },
    'drafts.drop': async ({ id }) => {
      await unlink(fileOf(id)).catch(() => undefined);
      return {};
    },
  };
}

async function readDraft(path: string): Promise<z.output<typeof stored> | undefined> {
  const value = await readJsonFile(path);
  if (value === undefined) return undefined;
  const parsed = stored.safeParse(value);
  if (!parsed.success) await rename(path, `${path}.damaged`).catch(() => undefined);
  return parsed.data;
}
