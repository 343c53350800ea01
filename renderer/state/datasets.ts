import { create } from 'zustand';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { host } from '../host/client';
import { wordsOf } from './failures';

/** The data sets that the host offers. */
export interface DatasetsState {
  /** Null until the host has answered. */
  readonly datasets: readonly DatasetInfo[] | null;
  readonly failure: string | null;
}

export const useDatasets = create<DatasetsState>(() => ({ datasets: null, failure: null }));

/** Asks the host for its data sets. */
export async function refreshDatasets(): Promise<void> {
  try {
    useDatasets.setState({ datasets: await host.call('data.list', {}), failure: null });
  } catch (error) {
    useDatasets.setState({ failure: wordsOf(error) });
  }
}

/** The data set of this id, if the host offers it. */
export function datasetOf(state: DatasetsState, id: string | null): DatasetInfo | undefined {
  return state.datasets?.find((dataset) => dataset.id === id);
}
