import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledDatasets, findDataset } from '../../shared/data/bundled';
import { samplesFrom, type Dataset } from '../../shared/data/dataset';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';

export type DataService = Pick<Handlers<HostContract>, 'data.list' | 'data.images'> & { dataset(id: string): Promise<Dataset> };

/** Data sets to look at; training reads them in the engine's own process. */
export function createDataService(host: Host): DataService {
  const loaded = new Map<string, Promise<Dataset>>();
  const dataset = (id: string): Promise<Dataset> => {
    const source = findDataset(id);
    if (!source)
      throw new RpcError(
        'E_DATA',
        `There is no data set "${id.slice(0, 60)}".`,
        `Use one of: ${bundledDatasets.map((known) => known.id).join(', ')}.`,
      );
    const known = loaded.get(id) ?? readFile(join(host.paths.assets, source.file)).then((bytes) => source.parse(new Uint8Array(bytes)));
    loaded.set(id, known);
    return known;
  };
  return {
    dataset,
    'data.list': async () => Promise.all(bundledDatasets.map(async ({ id }) => (await dataset(id)).info)),
    'data.images': async ({ dataset: id, split, offset, count }) => {
      const { info, splits } = await dataset(id);
      const samples = samplesFrom(splits[split], info, offset, count);
      return { pixels: samples.pixels.slice(), labels: [...samples.labels], total: splits[split].count };
    },
  };
}
