import type { EpochRow, RunSummary, StepPoint } from '../../shared/rpc/contract';
import type { EventPayload } from '../../shared/rpc/define';
import type { EngineContract } from '../../shared/rpc/engineContract';
import { averagedWeights } from '../../shared/program/optimizers';
import type { EngineChooser } from './engineChoice';
import { MEMORY_FIX } from './engineEnd';
import type { EngineOwner } from './engineOwner';
import type { Hub } from './hub';
import type { RunKeeper } from './runKeeping';
import { bestOf, isOwn, placeOf, shownStatus, type Outcome, type Run } from './runRecord';
import type { RunShelf } from './runShelf';
import { saveSummary } from './runStore';
import { MOST_POINTS, thinPoints } from './thinPoints';

/** The longest silence of an engine that counts as work, in milliseconds, or so many times the run's longest step; it may be compiling. */
const STUCK_AFTER = 10 * 60_000;
const STUCK_STEPS = 20;
/** The longest silence that is not told to whoever looks at the run, likewise. */
const TOLD_AFTER = 10_000;
const TOLD_STEPS = 3;

interface WatchParts {
  readonly shelf: RunShelf;
  readonly hub: Hub;
  readonly engine: EngineOwner;
  readonly chooser: Pick<EngineChooser, 'distrust'>;
  readonly keeper: RunKeeper;
  /** How long an engine may be silent before it counts as stuck, in milliseconds; left out: ten minutes. */
  readonly stuckAfter: number | undefined;
  update(run: Run, change: Partial<RunSummary>, points?: readonly StepPoint[], epochs?: readonly EpochRow[]): void;
  end(run: Run, outcome: Outcome, isBrokenOff?: boolean): void;
}

/** Hears what the engine tells of runs, that it is gone, and that it says nothing any more. */
export function watchRuns({ shelf, hub, engine, chooser, keeper, stuckAfter, update, end }: WatchParts): void {
  engine.onStart((client) => {
    client.on('engine.alive', () => shelf.all().filter(isOwn).forEach(heard));
    client.on('train.progress', (report) => onProgress(report));
    client.on('train.activity', ({ runId, activity }) => {
      const run = shelf.get(runId);
      if (!run) return;
      run.activity = activity;
      hub.emit('runs.activity', { runId, documentId: run.summary.documentId, activity });
    });
    client.on('train.checkpoint', ({ runId, position, weights }) => {
      const run = shelf.get(runId);
      if (!run) return;
      shelf.hold(run, averagedWeights(weights));
      run.checkpointAt = placeOf(position);
      update(run, { hasWeights: true, epoch: position.epoch, step: position.step });
      keeper.keep(run, { checkpoint: { weights, position } });
    });
    client.on('train.ended', ({ runId, ...outcome }) => {
      const run = shelf.get(runId);
      if (run) end(run, outcome);
    });
  });
  engine.onCrash(({ words, isOutOfMemory }) => {
    for (const run of shelf.all()) {
      if (!isOwn(run) || run.starting) continue;
      const stopping = run.summary.status === 'stopping';
      if (!stopping && run.summary.engine?.startsWith('onnxruntime-gpu')) chooser.distrust();
      const advice = isOutOfMemory ? ` ${MEMORY_FIX}` : run.checkpointAt ? '' : ' Train again.';
      const message = stopping ? words : `${words}${advice}`;
      end(run, { status: stopping ? 'stopped' : 'failed', message, testAccuracy: null }, true);
    }
  });

  function onProgress(report: EventPayload<EngineContract, 'train.progress'>): void {
    const run = shelf.get(report.runId);
    if (!run) return;
    heard(run);
    const { runId: _, points, epochs, status, engine: name, ...state } = report;
    const isFirst = run.summary.engine === null;
    run.points.push(...points);
    if (run.points.length > MOST_POINTS) run.points = thinPoints(run.points);
    run.epochs.push(...epochs);
    update(
      run,
      {
        status: shownStatus(run.summary.status, status),
        engine: name,
        ...state,
        best: bestOf(run.epochs),
      },
      points,
      epochs,
    );
    if (points.length + epochs.length > 0) keeper.keep(run, { points, epochs });
    // Whoever looks at it from elsewhere sees what it trains with, and how long.
    if (isFirst) keeper.write(run, () => saveSummary(run.folder, run.summary));
  }

  /** A silence is as long as the step that caused it; waiting in a pause is none. */
  function heard(run: Run): void {
    const now = Date.now();
    if (run.summary.status === 'running') run.longestSilence = Math.max(run.longestSilence, now - run.heardAt);
    run.heardAt = now;
    if (typeof run.summary.silentSince === 'number') update(run, { silentSince: null });
  }

  /** A step that never ends is not seen from inside the engine: it blocks its process. */
  const watch = setInterval(() => {
    for (const run of shelf.all()) {
      const { status, silentSince } = run.summary;
      if (!isOwn(run) || run.starting || status === 'paused') continue;
      const silence = Date.now() - run.heardAt;
      const limits = silenceLimits(run.longestSilence, stuckAfter);
      if (silence >= limits.stuck) engine.kill(`it did not answer for ${Math.round(silence / 1000)} s`);
      // What is made ready takes as long as it takes; it says so already.
      else if (silence >= limits.told && status !== 'preparing' && typeof silentSince !== 'number')
        update(run, { silentSince: run.heardAt });
    }
  }, 1000);
  watch.unref();
}

/** From which silence on it is told to whoever looks at the run, and from which the engine is ended; in milliseconds. */
function silenceLimits(longest: number, stuckAfter: number | undefined): { readonly told: number; readonly stuck: number } {
  const stuck = stuckAfter ?? Math.max(STUCK_AFTER, STUCK_STEPS * longest);
  return { stuck, told: Math.min(stuck / 2, Math.max(TOLD_AFTER, TOLD_STEPS * longest)) };
}
