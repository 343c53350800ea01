import type { EpochRow, RunStatus, RunSummary } from '../../../shared/rpc/contract';
import { durationWords, timeLeftWords } from '../../../shared/training/durations';
import { grouped, percent } from '../runs/words';

/** A run's status in one word. */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  preparing: 'Preparing',
  running: 'Running',
  pausing: 'Pausing',
  paused: 'Paused',
  stopping: 'Stopping',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** The figure that a run is judged by: on the test images once they were asked, else on the validation images. */
export function keyFigure({ summary, epochs }: { readonly summary: RunSummary; readonly epochs: readonly EpochRow[] }): {
  figure: string;
  words: string;
} {
  const { testAccuracy, request } = summary;
  if (testAccuracy !== null)
    return { figure: percent(testAccuracy), words: `test accuracy · ${summary.epoch} ${summary.epoch === 1 ? 'epoch' : 'epochs'}` };
  const latest = epochs.findLast((row) => row.validationAccuracy !== null);
  const epoch = Math.min(summary.epoch + (summary.endedAt === null ? 1 : 0), request.epochs);
  return { figure: percent(latest?.validationAccuracy), words: `validation accuracy · epoch ${epoch} of ${request.epochs}` };
}

/** What a run is at: `38 s left · 4,120 images/s`, `Paused in epoch 3`, `Finished in 12 s`. */
export function progressWords(summary: RunSummary): string {
  const left = timeLeftWords(summary.secondsLeft);
  if (summary.elsewhere !== undefined) return `It goes on in ${summary.elsewhere}: pause or stop it there.`;
  const speed = summary.imagesPerSecond === null ? null : `${grouped(summary.imagesPerSecond)} images/s`;
  switch (summary.status) {
    case 'preparing':
      return 'Preparing: the network is compiled and the data is read.';
    case 'running':
      if (typeof summary.silentSince === 'number') return 'The engine does not answer.';
      return [left, speed].filter(Boolean).join(' · ') || 'Running';
    case 'stopping':
      return 'Stopping: what was trained is being kept.';
    case 'pausing':
      return 'Pausing: the step that is being computed ends first.';
    case 'paused':
      return [`Paused in epoch ${Math.min(summary.epoch + 1, summary.request.epochs)}`, left].filter(Boolean).join(' · ');
    case 'finished':
      return [`Finished in ${tookWords(summary)}`, speed].filter(Boolean).join(' · ');
    case 'stopped':
      return `Stopped after ${tookWords(summary)}`;
    case 'failed':
      return `Failed after ${tookWords(summary)}`;
  }
}

/** Share of the run that is done, 0…1. */
export function progressShare({ step, totalSteps, status }: RunSummary): number {
  if (status === 'finished') return 1;
  return totalSteps > 0 ? Math.min(1, step / totalSteps) : 0;
}

function tookWords({ startedAt, endedAt }: RunSummary): string {
  return durationWords(((endedAt ?? startedAt) - startedAt) / 1000);
}
