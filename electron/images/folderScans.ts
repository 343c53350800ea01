import { stat } from 'node:fs/promises';
import { scanFolder, type FolderStamp, type ImageFolder } from './scanFolder';

/** Of a change in so many milliseconds before a folder was read, another one might have the same time: file systems count in up to two seconds. */
const UNSETTLED = 2000;
/** Folders are asked for their times so many at a time. */
const LANES = 16;

/**
 * Looks through folders of images, and again only where one was added to, taken from or renamed in since: that changes the time of
 * the folder that it is in, so that a few folders are asked instead of all their files.
 */
export function folderScans(): (path: string) => Promise<ImageFolder> {
  const known = new Map<string, ImageFolder>();
  return async (path) => {
    const before = known.get(path);
    if (before && (await areUnchanged(before.stamps))) return before;
    known.delete(path);
    const folder = await scanFolder(path);
    known.set(path, folder);
    return folder;
  };
}

async function areUnchanged(stamps: readonly FolderStamp[]): Promise<boolean> {
  if (stamps.some(({ changed, read }) => read - changed < UNSETTLED)) return false;
  for (let start = 0; start < stamps.length; start += LANES)
    if (!(await Promise.all(stamps.slice(start, start + LANES).map(isUnchanged))).every(Boolean)) return false;
  return true;
}

async function isUnchanged({ path, changed }: FolderStamp): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  return now?.mtimeMs === changed;
}
