import type { ExportFormat, ExportReport, RunSummary } from '../../../shared/rpc/contract';
import { shownRun, type RunsState } from '../../state/runs';
import { latestFirst, type RunView } from '../../state/runUpdates';
import { differenceWords, percent, whenWords } from '../runs/words';

/** What each format is for, in the words of who needs it. */
export const formats: readonly { readonly value: ExportFormat; readonly label: string; readonly description: string }[] = [
  { value: 'savedmodel', label: 'SavedModel', description: 'For TensorFlow in Python, TensorFlow Serving, C++, Java and Go.' },
  { value: 'tfjs', label: 'TensorFlow.js', description: 'A layers model for browsers and Node: model.json and weight shards.' },
];

/** The shown run if its weights were kept, else the latest run whose were. */
export function exportableRun(state: RunsState): RunView | undefined {
  const shown = shownRun(state);
  return shown?.summary.hasWeights ? shown : latestFirst(state.runs).find((run) => run.summary.hasWeights);
}

/** `today 14:03 · test 98.1 %` */
export function runWords({ startedAt, testAccuracy, best }: RunSummary, now: number): string {
  const when = whenWords(startedAt, now);
  if (testAccuracy !== null) return `${when} · test ${percent(testAccuracy)}`;
  return best ? `${when} · validation ${percent(best.validationAccuracy)}` : when;
}

/** A folder name that any system takes: `digits-resnet-savedmodel`. */
export function exportName({ documentName }: RunSummary, format: ExportFormat): string {
  const plain = documentName
    .replace(/\.skip(\.json)?$/i, '')
    .replace(/[^\p{Letter}\p{Number}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${plain || 'network'}-${format}`;
}

/** What the comparison with a foreign reader gave, in a sentence. */
export function verificationWords({ verification }: ExportReport): string {
  if (verification.kind === 'notVerified') return `Not compared: ${verification.reason}`;
  const { largestDifference, samples, reader } = verification;
  const size = largestDifference === 0 ? 'No difference' : `Largest difference ${differenceWords(largestDifference)}`;
  return `${size} over ${samples} samples, read by ${reader} just now.`;
}

/** How a comparison that failed is to be understood; undefined where it passed or was not made. */
export function failedBarWords({ verification }: ExportReport): string | undefined {
  if (verification.kind === 'notVerified' || verification.passed) return undefined;
  return `That is more than ${differenceWords(verification.bar)}, so the exported network does not give the same numbers. Do not use it; export again, or in the other format.`;
}
