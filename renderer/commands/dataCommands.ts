import type { DatasetInfo } from '../../shared/rpc/contract';
import { host, useConnection } from '../host/client';
import { refreshDatasets, shownDataset, useDatasets } from '../state/datasets';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { defineCommand } from './command';
import { showFailure } from './failure';
import { followFocus } from './lostFocus';

export const dataCommands = [
  defineCommand('run.addImages', {
    enabled: () => !useDatasets.getState().isAdding || 'A folder is being looked through.',
    run: addImages,
  }),
  defineCommand('run.removeImages', {
    enabled: () => (shown()?.resizes ?? false) || 'Show a folder of images in the Data panel first.',
    run: () => void removeImages(),
  }),
] as const;

function shown() {
  return shownDataset(useDatasets.getState(), useDocument.getState().document.data.dataset);
}

function without(datasets: readonly DatasetInfo[], gone: string): readonly DatasetInfo[] {
  return datasets.filter(({ id }) => id !== gone);
}

function addImages(): void {
  useSession.getState().showTab('data');
  if (useConnection.getState().info?.nativeDialogs) void addFolder(null);
  else useSession.getState().openDialog({ kind: 'browse', purpose: 'images' });
}

/** A folder of `project.browse`, or null: the host asks with its own dialog. What was added is shown. */
export async function addFolder(folder: string | null): Promise<void> {
  useDatasets.setState({ isAdding: true });
  try {
    const added = await host.call('data.addFolder', { folder });
    if (!added) return;
    // A list that is there is not asked for: the host would look through every folder again.
    if (useDatasets.getState().datasets === null) await refreshDatasets();
    // Where it could not be had, the folder alone must not pass for all there is.
    useDatasets.setState(({ datasets }) => ({ datasets: datasets && [...without(datasets, added.id), added], looked: added.id }));
  } catch (error) {
    showFailure('The folder could not be added', error);
  } finally {
    useDatasets.setState({ isAdding: false });
  }
}

async function removeImages(): Promise<void> {
  const dataset = shown();
  if (!dataset) return;
  try {
    await host.call('data.removeFolder', { dataset: dataset.id });
    followFocus('[data-datasets]', () => document.querySelector<HTMLElement>('[data-datasets] [aria-current]'));
    useDatasets.setState(({ datasets }) => ({ datasets: datasets && without(datasets, dataset.id), looked: null }));
    useSession.getState().toast({
      tone: 'info',
      message: `“${dataset.title}” is not in the list any more.`,
      detail: 'Its images are where they were. Add the folder again to have it back.',
    });
  } catch (error) {
    showFailure(`“${dataset.title}” could not be removed`, error);
  }
}
