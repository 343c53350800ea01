import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDataset } from '../../shared/data/bundled';
import type { Dataset } from '../../shared/data/dataset';
import { RpcError } from '../../shared/rpc/messages';

/** Gives a data set by its id from the folder of the bundled ones; read once. */
export type LoadDataset = (id: string, assets: string) => Promise<Dataset>;

/** No data set read yet. */
export function datasetLoader(): LoadDataset {
  const datasets = new Map<string, Dataset>();
  return async (id, assets) => {
    const known = datasets.get(id);
    if (known) return known;
    const source = findDataset(id);
    if (!source) throw new RpcError('E_DATA', `There is no data set "${id}".`);
    const dataset = source.parse(new Uint8Array(await readFile(join(assets, source.file))));
    datasets.set(id, dataset);
    return dataset;
  };
}
