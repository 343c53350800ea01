import type { DatasetSource } from './dataset';
import { digits } from './digits';

/** The data sets that come with the program. */
export const bundledDatasets: readonly DatasetSource[] = [digits];

export function findDataset(id: string): DatasetSource | undefined {
  return bundledDatasets.find((source) => source.id === id);
}
