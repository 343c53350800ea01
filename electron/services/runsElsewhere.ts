import type { EpochRow, RunSummary, StepPoint } from '../../shared/rpc/contract';
import { lockHolder } from './lock';
import { bestOf, isActive, placeWords, type Run } from './runRecord';
import { lastWritten, lookAtCheckpoint, readEvents, readSummary, summaryFile } from './runStore';
import { MOST_POINTS, thinPoints } from './thinPoints';

/** Who trains a run whose summary says that it goes on: another program that still lives, or nobody. */
export async function trainerOf(folder: string): Promise<string | undefined> {
  return lockHolder(summaryFile(folder));
}

/** What another program wrote of a run since it was last looked at. */
export interface Seen {
  readonly summary: RunSummary;
  readonly points: readonly StepPoint[];
  readonly epochs: readonly EpochRow[];
}

/** Takes in what another program wrote of a run meanwhile; when it has ended or gone, the run is one as any other. */
export async function lookElsewhere(run: Run): Promise<Seen> {
  // First who trains it: what it writes before it ends is read then.
  const trainer = await trainerOf(run.folder);
  const stored = (await readSummary(run.folder)) ?? run.summary;
  const { points, epochs, end } = await readEvents(run.folder, run.readTo);
  run.readTo = end;
  run.points.push(...points);
  if (run.points.length > MOST_POINTS) run.points = thinPoints(run.points);
  run.epochs.push(...epochs);
  const { isWhole, position } = await lookAtCheckpoint(run.folder);
  // They are read again where somebody wants them.
  if (position?.step !== run.checkpointAt?.step) run.weights = undefined;
  run.checkpointAt = position;
  run.summary = summaryOf(run, { ...stored, id: run.summary.id, hasWeights: isWhole }, trainer);
  if (run.summary.elsewhere === undefined) {
    if (isActive(run)) await breakOff(run);
    run.finished = Promise.resolve(run.summary);
  }
  return { summary: run.summary, points, epochs };
}

function summaryOf(run: Run, stored: RunSummary, trainer: string | undefined): RunSummary {
  const { elsewhere: _, ...summary } = stored;
  if (trainer === undefined || !isActive({ summary })) return summary;
  const step = run.points.at(-1)?.step ?? summary.step;
  return {
    ...summary,
    status: step > 0 ? 'running' : summary.status,
    step,
    epoch: run.epochs.at(-1)?.epoch ?? summary.epoch,
    best: bestOf(run.epochs),
    secondsLeft: null,
    elsewhere: trainer,
  };
}

/** What was going on when its program ended does not go on any more. */
async function breakOff(run: Run): Promise<void> {
  const { epoch, step } = run.checkpointAt ?? { epoch: 0, step: 0 };
  const kept = run.checkpointAt ? `; the weights after ${placeWords(run.checkpointAt)} are kept` : '';
  run.summary = {
    ...run.summary,
    status: 'failed',
    message: `The program ended while this run was going on${kept}.`,
    endedAt: run.summary.endedAt ?? (await lastWritten(run.folder)),
    secondsLeft: null,
    epoch,
    step,
    best: bestOf(run.epochs),
  };
}
