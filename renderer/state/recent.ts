import { create } from 'zustand';
import { host } from '../host/client';

export interface RecentFile {
  readonly handle: string;
  readonly name: string;
  readonly folder: string;
  readonly openedAt: number;
}

export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** What the start page and the File menu offer to open. */
export interface RecentState {
  readonly files: readonly RecentFile[];
  readonly samples: readonly Sample[];
}

export const useRecent = create<RecentState>(() => ({ files: [], samples: [] }));

/** Asks the host again. Without an answer the lists stay as they are: nothing depends on them. */
export function refreshRecent(): void {
  host.call('project.recent', {}).then(
    (files) => useRecent.setState({ files }),
    () => undefined,
  );
  if (useRecent.getState().samples.length === 0)
    host.call('project.samples', {}).then(
      (samples) => useRecent.setState({ samples }),
      () => undefined,
    );
}
