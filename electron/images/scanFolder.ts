import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Split } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';

/** The images of one part: paths, and the class of each. */
export interface Listed {
  readonly files: readonly string[];
  readonly labels: Int32Array;
}

/** When a folder that was read had last changed, and when it was read, in milliseconds since 1970. */
export interface FolderStamp {
  readonly path: string;
  readonly changed: number;
  readonly read: number;
}

/** A folder of images, one folder for each class. */
export interface ImageFolder {
  readonly path: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly splits: Readonly<Record<Split, Listed>>;
  /** Of every folder that was read to find them. */
  readonly stamps: readonly FolderStamp[];
}

interface Entry {
  readonly path: string;
  readonly label: number;
  /** Where in [0, 1) its name falls: decides its part. */
  readonly lot: number;
}

const IMAGE = /\.(jpe?g|png|webp)$/i;
/** How parts are called where a folder has folders for them. */
const PARTS: Readonly<Record<Split, RegExp>> = { train: /^train(ing)?$/i, validation: /^val(id|idation)?$/i, test: /^test$/i };
const DEPTH = 4;
/** Of all that is looked at, image or not: who chose a whole drive is told so soon. */
const MOST_ENTRIES = 2_000_000;
const MOST_CLASSES = 10_000;
/** Shares of validation and test where nobody parted the images. */
const SHARE = 0.1;

/**
 * Finds the images of a folder: a folder for each class, or such folders in `train`, `validation` and `test`. Where nobody parted
 * them a file's name decides, so that it stays in its part when others come. Classes are in the order of their names' characters, as
 * Keras and torchvision have them. Links are not followed.
 */
export async function scanFolder(path: string, most = MOST_ENTRIES): Promise<ImageFolder> {
  const stamps: FolderStamp[] = [];
  const folders = await foldersOf(path, stamps);
  const partOf = (split: Split) => folders.find((name) => PARTS[split].test(name));
  const train = partOf('train');
  const classes = train === undefined ? folders : await foldersOf(join(path, train), stamps);
  if (classes.length > MOST_CLASSES)
    throw new RpcError('E_DATA', `${path} has ${classes.length} folders; at most ${MOST_CLASSES} are classes.`);
  const title = basename(path);
  const imagesIn = (folder: string) => imagesOfClasses(join(path, folder), classes, { title, most, stamps });
  const parted =
    train === undefined
      ? partByLot(await imagesIn('.'))
      : {
          ...partByLot(await imagesIn(train), partOf('validation') === undefined ? ['validation'] : []),
          ...(await optional('validation', partOf('validation'), imagesIn)),
          ...(await optional('test', partOf('test'), imagesIn)),
        };
  if (parted.train.length === 0)
    throw new RpcError(
      'E_DATA',
      `There are no images to train on in "${title}". A folder for each class with JPEG, PNG or WebP files in it is expected.`,
      'Put the images of each class into a folder named after it.',
    );
  return { path, title, ...withoutEmpty(classes, parted), stamps };
}

/** A folder with no image in it is no class. */
function withoutEmpty(classes: readonly string[], parted: Readonly<Record<Split, readonly Entry[]>>) {
  const used = [...new Set(Object.values(parted).flatMap((entries) => entries.map(({ label }) => label)))].toSorted((a, b) => a - b);
  const labels = new Map(used.map((label, index) => [label, index]));
  const listed = (entries: readonly Entry[]): Listed => ({
    files: entries.map(({ path }) => path),
    labels: Int32Array.from(entries, ({ label }) => labels.get(label) ?? 0),
  });
  return {
    classes: used.map((label) => classes[label] ?? ''),
    splits: { train: listed(parted.train), validation: listed(parted.validation), test: listed(parted.test) },
  };
}

async function optional(split: Split, folder: string | undefined, imagesIn: (folder: string) => Promise<readonly Entry[]>) {
  return folder === undefined ? {} : { [split]: await imagesIn(folder) };
}

async function foldersOf(path: string, stamps: FolderStamp[]): Promise<readonly string[]> {
  return (await entriesOf(path, stamps)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** By name. The folder's time is asked for first: what comes in while it is read changes it. */
async function entriesOf(path: string, stamps: FolderStamp[]): Promise<readonly Dirent[]> {
  try {
    stamps.push({ path, changed: (await stat(path)).mtimeMs, read: Date.now() });
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw folderFailure(path, error);
  }
}

/** Why a folder cannot be read, in words, and how to mend it. */
export function folderFailure(path: string, error: unknown): RpcError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return new RpcError('E_DATA', `The folder ${path} is not there any more.`, 'Put it back, or add the folder from where it is now.');
    case 'EACCES':
    case 'EPERM':
      return new RpcError(
        'E_DATA',
        `You may not read the folder ${path}.`,
        'Allow reading it in the system’s file manager, then try again.',
      );
    case 'ENOTDIR':
      return new RpcError('E_DATA', `${path} is a file; a folder of images is expected.`);
    default:
      return new RpcError('E_DATA', `The folder ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** What a walk through folders has found, and how much it looked at. */
interface Walk {
  readonly found: Entry[];
  looked: number;
  readonly most: number;
  readonly title: string;
  readonly stamps: FolderStamp[];
}

async function imagesOfClasses(path: string, classes: readonly string[], limit: Pick<Walk, 'most' | 'title' | 'stamps'>) {
  const walk: Walk = { ...limit, found: [], looked: 0 };
  const there = new Set(await foldersOf(path, walk.stamps));
  for (const [label, name] of classes.entries()) if (there.has(name)) await collect(join(path, name), name, label, walk);
  return walk.found;
}

async function collect(path: string, name: string, label: number, walk: Walk, depth = 0): Promise<void> {
  const entries = await entriesOf(path, walk.stamps);
  walk.looked += 1 + entries.length;
  if (walk.looked > walk.most)
    throw new RpcError(
      'E_DATA',
      `There are more than ${walk.most.toLocaleString('en')} files and folders in "${walk.title}".`,
      'Choose the folder that holds the images only.',
    );
  for (const entry of entries) {
    const full = join(path, entry.name);
    const own = `${name}/${entry.name}`;
    if (entry.isFile() && IMAGE.test(entry.name)) walk.found.push({ path: full, label, lot: lotOf(own) });
    if (entry.isDirectory() && depth < DEPTH) await collect(full, own, label, walk, depth + 1);
  }
}

/** FNV-1a of a name, mixed by the last step of MurmurHash3, so that names that differ by a digit part. */
function lotOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Of a few images none might fall into a part: then the first by lot does. */
function partByLot(entries: readonly Entry[], parts: readonly Split[] = ['validation', 'test']): Record<Split, readonly Entry[]> {
  const result: Record<Split, readonly Entry[]> = { train: entries, validation: [], test: [] };
  for (const [index, part] of parts.entries()) {
    const isIn = ({ lot }: Entry) => lot >= index * SHARE && lot < (index + 1) * SHARE;
    const chosen = entries.some(isIn) || entries.length <= parts.length ? result.train.filter(isIn) : firstByLot(result.train);
    const gone = new Set(chosen);
    result[part] = chosen;
    result.train = result.train.filter((entry) => !gone.has(entry));
  }
  return result;
}

/** None where there is none. */
function firstByLot(entries: readonly Entry[]): readonly Entry[] {
  let [first] = entries;
  for (const entry of entries) if (first && entry.lot < first.lot) first = entry;
  return first ? [first] : [];
}
