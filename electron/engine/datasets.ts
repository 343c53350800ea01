import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDataset } from '../../shared/data/bundled';
import { inMemory, type ImageSource } from '../../shared/data/dataset';
import { imageIntake } from '../../shared/infer/imageInput';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { DataPlace } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import { folderInfo, folderSource } from '../images/folderSource';
import { folderScans } from '../images/folderScans';

/** Gives a data set by its id from where it is, as the network takes it. */
export type LoadDataset = (id: string, place: DataPlace, analysis: NetworkAnalysis) => Promise<ImageSource>;

/** No data set read yet; bundled ones are read once, folders are looked through again where they changed. */
export function datasetLoader(): LoadDataset {
  const bundled = new Map<string, ImageSource>();
  const scan = folderScans();
  return async (id, { assets, folder }, analysis) => {
    if (folder !== null) return imagesOf(id, folder, analysis, scan);
    const known = bundled.get(id);
    if (known) return known;
    const source = findDataset(id);
    if (!source) throw new RpcError('E_DATA', `There is no data set "${id}".`);
    const dataset = inMemory(source.parse(new Uint8Array(await readFile(join(assets, source.file)))));
    bundled.set(id, dataset);
    return dataset;
  };
}

async function imagesOf(id: string, path: string, analysis: NetworkAnalysis, scan: ReturnType<typeof folderScans>): Promise<ImageSource> {
  const intake = imageIntake(analysis);
  if (!intake.ok) throw new RpcError('E_DATA', intake.error);
  const folder = await scan(path);
  return folderSource(folder, await folderInfo(id, folder, intake.value.shape), intake.value);
}
