import type { NodePath } from '../../shared/infer/analysis';
import type { RunSummary } from '../../shared/rpc/contract';
import { tellEditAs } from '../state/announceEdits';
import { useDocument } from '../state/document';
import { currentGraph, pathIn } from '../state/location';
import { activeRun, shownRun, useRuns } from '../state/runs';
import { canGoOn } from '../state/runUpdates';
import { useSession } from '../state/session';
import { dataFit, measurability, startTraining, trainability } from '../state/training';
import { defineCommand } from './command';

type Status = NonNullable<ReturnType<typeof activeRun>>['status'];

function activeIn(statuses: readonly Status[], reason: string): true | string {
  const run = activeRun(useRuns.getState());
  return (run !== undefined && statuses.includes(run.status)) || reason;
}

function withActive(act: (runId: string) => Promise<void>): void {
  const run = activeRun(useRuns.getState());
  if (run) void act(run.id);
}

function isPaused(): boolean {
  return activeIn(['paused'], '') === true;
}

/** The shown run, where it was stopped or failed and nothing else goes on. */
function brokenOff(): RunSummary | undefined {
  const state = useRuns.getState();
  const summary = shownRun(state)?.summary;
  return summary && canGoOn(summary) && activeRun(state) === undefined && !state.isStarting ? summary : undefined;
}

/** The path of the only selected layer, where the compiled network has it: of a block it has the layers inside. */
function compiledHere(): NodePath | undefined {
  const { document, analysis } = useDocument.getState();
  const { selection, location } = useSession.getState();
  const [id, ...others] = selection.nodes;
  if (id === undefined || others.length > 0) return undefined;
  const path = pathIn(currentGraph(document, location).prefix, id);
  return analysis.flat.nodes.has(path) ? path : undefined;
}

export const runCommands = [
  defineCommand('run.engine', { run: () => useSession.getState().openDialog({ kind: 'engine' }) }),
  defineCommand('run.layerProgram', {
    enabled: () => compiledHere() !== undefined || 'Select one layer first.',
    run: () => useSession.getState().openDialog({ kind: 'engine', layer: compiledHere() }),
  }),
  defineCommand('run.profile', { enabled: measurability, run: () => useSession.getState().openDialog({ kind: 'profile' }) }),
  defineCommand('run.fitData', {
    enabled: () => dataFit() !== undefined || 'The network fits its data, or no change of its input and last layer makes it fit.',
    run() {
      const fit = dataFit();
      if (!fit) return;
      useDocument.getState().edit(fit.title, fit.edits, 'record');
      tellEditAs(`${fit.title}. The network fits its data.`);
    },
  }),
  defineCommand('run.train', {
    enabled: trainability,
    run() {
      useSession.getState().showTab('training');
      void startTraining();
    },
  }),
  defineCommand('run.findRate', {
    enabled: trainability,
    run: () => useSession.getState().openDialog({ kind: 'findRate' }),
  }),
  defineCommand('run.pause', {
    enabled: () => activeIn(['running'], 'No run is in progress.'),
    run: () => withActive(useRuns.getState().pause),
  }),
  defineCommand('run.resume', {
    enabled: () => isPaused() || brokenOff() !== undefined || 'No run is paused, and the shown one has ended for good.',
    run() {
      const { resume, goOn } = useRuns.getState();
      if (isPaused()) return withActive(resume);
      const run = brokenOff();
      useSession.getState().showTab('training');
      if (run) void goOn(run.id);
    },
  }),
  defineCommand('run.stop', {
    enabled: () => activeIn(['preparing', 'running', 'pausing', 'paused'], 'No run is in progress.'),
    run: () => withActive(useRuns.getState().stop),
  }),
] as const;
