import { create } from 'zustand';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { errorWords } from '../../shared/rpc/messages';
import { host } from '../host/client';

/** The data sets that the host offers. */
export interface DatasetsState {
  /** Null until the host has answered. */
  readonly datasets: readonly DatasetInfo[] | null;
  readonly failure: string | null;
  /** The one that the Data panel was asked to show; null: the one that the network trains on. */
  readonly looked: string | null;
  /** A folder of images is being chosen or looked through. */
  readonly isAdding: boolean;
}

export const useDatasets = create<DatasetsState>(() => ({ datasets: null, failure: null, looked: null, isAdding: false }));

/** Asks the host for its data sets. */
export async function refreshDatasets(): Promise<void> {
  try {
    useDatasets.setState({ datasets: await host.call('data.list', {}), failure: null });
  } catch (error) {
    useDatasets.setState({ failure: errorWords(error) });
  }
}

/** The data set of this id, if the host offers it. */
export function datasetOf(state: DatasetsState, id: string | null): DatasetInfo | undefined {
  return state.datasets?.find((dataset) => dataset.id === id);
}

/** What the Data panel shows: what was asked for, else what the network uses, else the first. */
export function shownDataset({ datasets, looked }: DatasetsState, used: string | null): DatasetInfo | undefined {
  return datasets?.find(({ id }) => id === looked) ?? datasets?.find(({ id }) => id === used) ?? datasets?.[0];
}
