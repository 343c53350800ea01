import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDataset } from '../../shared/data/bundled';
import { imageIntake } from '../../shared/infer/imageInput';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { DataPlace } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import { folderInfo } from '../images/folderSource';
import { folderScans } from '../images/folderScans';
import { batchesInMemory, type BatchSource } from './batches';
import { folderBatches } from './reading/folderBatches';
import type { Reader } from './reading/reader';

/** Gives a data set by its id from where it is, as the network takes it. */
export type LoadDataset = (id: string, place: DataPlace, analysis: NetworkAnalysis) => Promise<BatchSource>;

/** No data set read yet; bundled ones are read once, folders are looked through again where they changed. */
export function datasetLoader(reader: Reader): LoadDataset {
  const bundled = new Map<string, BatchSource>();
  const scan = folderScans();
  return async (id, { assets, folder }, analysis) => {
    if (folder !== null) return imagesOf(id, { path: folder, scan, reader }, analysis);
    const known = bundled.get(id);
    if (known) return known;
    const source = findDataset(id);
    if (!source) throw new RpcError('E_DATA', `There is no data set "${id}".`);
    const dataset = batchesInMemory(source.parse(new Uint8Array(await readFile(join(assets, source.file)))));
    bundled.set(id, dataset);
    return dataset;
  };
}

interface Folder {
  readonly path: string;
  readonly scan: ReturnType<typeof folderScans>;
  readonly reader: Reader;
}

async function imagesOf(id: string, { path, scan, reader }: Folder, analysis: NetworkAnalysis): Promise<BatchSource> {
  const intake = imageIntake(analysis);
  if (!intake.ok) throw new RpcError('E_DATA', intake.error);
  const folder = await scan(path);
  return folderBatches(folder, await folderInfo(id, folder, intake.value.shape), intake.value, reader);
}
