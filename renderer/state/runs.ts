import { useMemo } from 'react';
import { create } from 'zustand';
import type { ExportFormat, JobState, RunSummary, TrainingRequest } from '../../shared/rpc/contract';
import { errorWords } from '../../shared/rpc/messages';
import { host } from '../host/client';
import { rateToGoOnWith } from '../../shared/training/rateToGoOnWith';
import { drawnRuns, withCompared, withoutCompared, type ComparedRuns, type DrawnRun } from './comparedRuns';
import { isActive, latestFirst, withDetails, withList, withoutRun, type Runs, type RunView } from './runUpdates';

/** The document whose runs are asked for. */
export interface RunsOwner {
  readonly documentId: string;
  /** Its file, beside which runs are kept; null for one that was never saved. */
  readonly handle: string | null;
}

/** A run to start: the document as it is now, and how to train it. */
export interface RunStart {
  readonly document: string;
  readonly documentName: string;
  readonly handle: string | null;
  readonly request: TrainingRequest;
}

export interface RunsState {
  readonly owner: RunsOwner | null;
  /** The runs of the owner, by id. */
  readonly runs: Runs;
  /** The run that the panels show; null: the latest. */
  readonly selectedRun: string | null;
  /** Runs whose curves are drawn together with those of the shown one. */
  readonly comparedRuns: ComparedRuns;
  readonly jobs: Readonly<Record<string, JobState>>;
  /** A start was asked for and not yet answered. */
  readonly isStarting: boolean;
  /** Why the last call failed, in words; null after one that did not. */
  readonly failure: string | null;

  start(start: RunStart): Promise<void>;
  pause(runId: string): Promise<void>;
  resume(runId: string): Promise<void>;
  stop(runId: string): Promise<void>;
  /** A run that was stopped or broken off goes on from its last checkpoint; one that its learning rate broke, with a tenth of it. */
  goOn(runId: string): Promise<void>;
  remove(runId: string): Promise<void>;
  select(runId: string | null): void;
  /** Draws the curves of a run together with those of the shown one, or no more. */
  compare(runId: string, isCompared: boolean): void;
  compareNone(): void;
  /** The job's id, or null where the user closed the host's dialog. */
  startExport(runId: string, format: ExportFormat, target: ExportTarget | null): Promise<string | null>;
  /** Shows the runs of this document and fetches their list. */
  setOwner(owner: RunsOwner): Promise<void>;
  /** Fetches runs and jobs anew, and their curves. `isReturn`: only the window was away; curves are whole, and what failed is told still. */
  refresh(isReturn?: boolean): Promise<void>;
  /** Fetches the whole curve of a run. */
  fetch(runId: string): Promise<void>;
}

/** Where the web host writes an export: a folder of `project.browse`, and a name in it. */
export interface ExportTarget {
  readonly folder: string;
  readonly name: string;
}

export const useRuns = create<RunsState>((set, get) => {
  /** Calls fail for reasons that the user can read; they are kept, never thrown into an event handler. */
  const attempt = async <T>(act: () => Promise<T>): Promise<T | null> => {
    try {
      const value = await act();
      set({ failure: null });
      return value;
    } catch (error) {
      set({ failure: errorWords(error) });
      return null;
    }
  };
  const order = (name: 'runs.pause' | 'runs.resume' | 'runs.stop') => async (runId: string) => {
    await attempt(() => host.call(name, { runId }));
  };
  return {
    owner: null,
    runs: {},
    selectedRun: null,
    comparedRuns: {},
    jobs: {},
    isStarting: false,
    failure: null,
    pause: order('runs.pause'),
    resume: order('runs.resume'),
    stop: order('runs.stop'),
    select: (selectedRun) => set({ selectedRun }),
    compare(runId, isCompared) {
      const { comparedRuns } = get();
      if (!isCompared) return set({ comparedRuns: withoutCompared(comparedRuns, runId) });
      const shown = shownRun(get())?.summary.id;
      const others = shown === undefined || shown === runId ? comparedRuns : withCompared(comparedRuns, shown);
      set({ comparedRuns: withCompared(others, runId) });
    },
    compareNone: () => set({ comparedRuns: {} }),

    async start(start) {
      if (get().isStarting) return;
      set({ isStarting: true });
      const started = await attempt(() => host.call('runs.start', start));
      set(started ? { isStarting: false, selectedRun: started.runId } : { isStarting: false });
      if (started) await get().fetch(started.runId);
    },

    async goOn(runId) {
      if (get().isStarting) return;
      set({ isStarting: true });
      const summary = get().runs[runId]?.summary;
      const learningRate = summary && rateToGoOnWith(summary);
      const done = await attempt(() => host.call('runs.goOn', { runId, ...(learningRate === undefined ? {} : { learningRate }) }));
      // What came after the checkpoint is done again: the curve is fetched anew.
      set((state) => (done === null ? { isStarting: false } : { isStarting: false, runs: withoutRun(state.runs, runId) }));
      // Another call that succeeds would take away why this one did not.
      if (done !== null) await get().fetch(runId);
    },

    async remove(runId) {
      if ((await attempt(() => host.call('runs.remove', { runId }))) === null) return;
      set(({ runs, selectedRun, comparedRuns }) => ({
        runs: withoutRun(runs, runId),
        selectedRun: selectedRun === runId ? null : selectedRun,
        comparedRuns: withoutCompared(comparedRuns, runId),
      }));
    },

    async startExport(runId, format, target) {
      const answer = await attempt(() => host.call('export.start', { runId, format, target }));
      return answer?.jobId ?? null;
    },

    async setOwner(owner) {
      if (get().owner?.documentId !== owner.documentId) set({ runs: {}, selectedRun: null, comparedRuns: {}, failure: null });
      set({ owner });
      await get().refresh();
    },

    async refresh(isReturn = false) {
      const owner = get().owner;
      if (!owner) return;
      const ask = isReturn ? orNull : attempt;
      const [summaries, jobs] = await Promise.all([ask(() => host.call('runs.list', owner)), ask(() => host.call('jobs.list', {}))]);
      // The document may have been changed for another one while the host answered.
      if (get().owner?.documentId !== owner.documentId) return;
      const known = (runs: Runs) => (isReturn ? runs : asIncomplete(runs));
      if (summaries) set((state) => ({ runs: known(withList(state.runs, summaries)) }));
      if (jobs) set({ jobs: Object.fromEntries(jobs.map((job) => [job.id, job])) });
    },

    async fetch(runId) {
      const details = await attempt(() => host.call('runs.get', { runId }));
      if (details && details.summary.documentId === get().owner?.documentId) set((state) => ({ runs: withDetails(state.runs, details) }));
    },
  };
});

/** The run that the panels show: the selected one, else the latest. */
export function shownRun({ runs, selectedRun }: Pick<RunsState, 'runs' | 'selectedRun'>): RunView | undefined {
  return (selectedRun === null ? undefined : runs[selectedRun]) ?? latestFirst(runs)[0];
}

/** Whether the curves of several runs are drawn together. */
export const isComparing = ({ comparedRuns }: RunsState): boolean => Object.keys(comparedRuns).length > 0;

/** The runs whose curves are drawn together; none where nothing is compared. */
export function useDrawnRuns(): readonly DrawnRun[] {
  const runs = useRuns((state) => state.runs);
  const compared = useRuns((state) => state.comparedRuns);
  const shown = useRuns((state) => shownRun(state)?.summary.id);
  return useMemo(() => drawnRuns(runs, compared, shown), [runs, compared, shown]);
}

/** The run of this document that goes on here, if there is one. */
export function activeRun({ runs }: Pick<RunsState, 'runs'>): RunSummary | undefined {
  return Object.values(runs).find(({ summary }) => isActive(summary) && summary.elsewhere === undefined)?.summary;
}

function orNull<T>(act: () => Promise<T>): Promise<T | null> {
  return act().catch(() => null);
}

/** Points may have passed while the connection was lost, so no curve is trusted to be whole. */
function asIncomplete(runs: Runs): Runs {
  return Object.fromEntries(Object.entries(runs).map(([id, view]) => [id, { ...view, isComplete: false }]));
}
