import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { bundledDatasets, findDataset } from '../../shared/data/bundled';
import { inMemory, type Dataset, type ImageSource } from '../../shared/data/dataset';
import { inARow } from '../../shared/data/images';
import type { ImageShape } from '../../shared/data/preprocessing';
import type { ImageIntake } from '../../shared/infer/imageInput';
import type { Handlers } from '../../shared/rpc/define';
import type { DatasetInfo, HostContract } from '../../shared/rpc/contract';
import type { DataPlace } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import { folderInfo, folderSource } from '../images/folderSource';
import { folderScans } from '../images/folderScans';
import { folderFailure, type ImageFolder } from '../images/scanFolder';
import type { Handles } from './handles';
import type { Host } from './host';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';

type DataCalls = Pick<Handlers<HostContract>, 'data.list' | 'data.images' | 'data.addFolder' | 'data.removeFolder'>;

export type DataService = DataCalls & {
  /** A data set as a source; images of files as a network wants them, else as large as the first. */
  source(id: string, intake?: ImageIntake): Promise<ImageSource>;
  /** Where the engine finds it. */
  place(id: string): Promise<DataPlace>;
  /** The ids that are known here: those that come with the program, and of folders. */
  ids(): Promise<readonly string[]>;
  /** Makes a folder of images known, under an id of its own. */
  addFolder(path: string): Promise<DatasetInfo>;
};

const folders = z.array(z.strictObject({ id: z.string(), path: z.string() }));
type Folder = z.output<typeof folders>[number];

/** Height and width of images that are only looked at. */
const SMALL = 64;

/**
 * Data sets to look at; training reads them in the engine's own process. Folders of images are known by where they are on this machine:
 * a document has only the id, so that what it names is not read before the person here has chosen it.
 */
export function createDataService(host: Host, handles: Handles): DataService {
  const scans = new Map<string, Promise<Scan>>();
  const scan = folderScans();
  const loaded = new Map<string, Promise<Dataset>>();
  const file = join(host.paths.userData, 'datasets.json');
  const known = async (): Promise<readonly Folder[]> => folders.catch([]).parse((await readJsonFile(file)) ?? []);
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: a change that read the list before another one wrote it would take that one back. */
  const change = (changed: (list: readonly Folder[]) => readonly Folder[]) => {
    const own = turn.then(async () => {
      await mkdir(host.paths.userData, { recursive: true });
      await safeSave(file, `${JSON.stringify(changed(await known()), null, 2)}\n`);
    });
    turn = own.catch(() => undefined);
    return own;
  };

  const ids = async () => [...bundledDatasets, ...(await known())].map(({ id }) => id);
  async function folderOf(id: string): Promise<string> {
    const found = (await known()).find((folder) => folder.id === id);
    if (found) return found.path;
    throw new RpcError(
      'E_DATA',
      `There is no data set "${id.slice(0, 60)}".`,
      `Use one of: ${(await ids()).join(', ')}; or choose its folder again.`,
    );
  }
  function bundled(id: string): Promise<Dataset> | undefined {
    const source = findDataset(id);
    if (!source) return undefined;
    const read = () => readFile(join(host.paths.assets, source.file)).then((bytes) => source.parse(new Uint8Array(bytes)));
    const dataset = loaded.get(id) ?? read();
    loaded.set(id, dataset);
    return dataset;
  }
  /** Looked at when it is added, and once for each time that the list is asked for. */
  function scanned(id: string): Promise<Scan> {
    const found = scans.get(id) ?? folderOf(id).then((path) => scanOf(id, path));
    scans.set(id, found);
    found.catch(() => scans.delete(id));
    return found;
  }
  async function scanOf(id: string, path: string): Promise<Scan> {
    const folder = await scan(path);
    return { folder, info: await folderInfo(id, folder) };
  }
  async function source(id: string, intake?: ImageIntake): Promise<ImageSource> {
    const dataset = await bundled(id);
    if (dataset) return inMemory(dataset);
    const { folder, info } = await scanned(id);
    return folderSource(folder, info, intake ?? { shape: info.imageShape });
  }
  async function addFolder(path: string): Promise<DatasetInfo> {
    const real = await realpath(path).catch((error: unknown) => {
      throw folderFailure(path, error);
    });
    const id = `${basename(real).slice(0, 60) || 'images'}-${createHash('sha256').update(real).digest('hex').slice(0, 8)}`;
    const found = await scanOf(id, real);
    refuseOneClass(found.folder);
    await change((list) => [...list.filter((folder) => folder.id !== id), { id, path: real }]);
    scans.set(id, Promise.resolve(found));
    return found.info;
  }

  return {
    source,
    ids,
    addFolder,
    place: async (id) => ({ assets: host.paths.assets, folder: findDataset(id) ? null : await folderOf(id) }),
    'data.list': async () => {
      scans.clear();
      return [
        ...(await Promise.all(bundledDatasets.map(async ({ id }) => (await source(id)).info))),
        // A folder that is gone, or on a drive that is not there, is in the way of no other.
        ...(await Promise.all(
          (await known()).map(({ id, path }) =>
            source(id).then(
              ({ info }) => info,
              (error: unknown) => unreadInfo(id, path, error),
            ),
          ),
        )),
      ];
    },
    'data.images': async ({ dataset: id, split, offset, count }) => {
      const { info } = await source(id);
      const shape: ImageShape = info.resizes ? [SMALL, SMALL, info.imageShape[2]] : info.imageShape;
      const total = info.counts[split];
      const places = Int32Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_, index) => offset + index);
      const small = await source(id, { shape });
      const { images, labels, asked } = await small.samples(split, places);
      return {
        pixels: inARow(images).slice(),
        shape: [...shape],
        labels: [...labels],
        places: asked ? asked.map((index) => offset + index) : [...places],
        unreadable: [...small.unreadable()],
        total,
      };
    },
    'data.addFolder': async ({ folder }) => {
      const path = folder === null ? ((await host.dialogs?.openFolder()) ?? null) : handles.path(folder);
      return path === null ? null : addFolder(path);
    },
    'data.removeFolder': async ({ dataset }) => {
      await change((list) => list.filter(({ id }) => id !== dataset));
      scans.delete(dataset);
      return {};
    },
  };
}

/** A folder as it was found when it was looked through last, and what is told of it. */
interface Scan {
  readonly folder: ImageFolder;
  readonly info: DatasetInfo;
}

/** One class teaches nothing; what was chosen then is most often the folder of a class, or one too high up. */
function refuseOneClass(folder: ImageFolder): void {
  if (folder.classes.length >= 2) return;
  throw new RpcError(
    'E_DATA',
    `All images in "${folder.title}" are of one class, "${folder.classes[0] ?? ''}". At least two classes are expected, each in a folder of its own.`,
    'Choose the folder that holds the folders of all classes.',
  );
}

/** A folder that was chosen once and cannot be read now, with the reason, so that it can be found again or forgotten. */
function unreadInfo(id: string, path: string, error: unknown): DatasetInfo {
  const { message, fix } = error instanceof RpcError ? error : folderFailure(path, error);
  return {
    id,
    title: basename(path),
    description: `Images in ${path}.`,
    licence: 'yours to know',
    imageShape: [1, 1, 3],
    resizes: true,
    classes: [],
    counts: { train: 0, validation: 0, test: 0 },
    classCounts: [],
    problem: fix === undefined ? message : `${message} ${fix}`,
  };
}
