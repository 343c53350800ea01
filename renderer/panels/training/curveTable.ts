import { csvOf } from '../../../shared/infer/tableText';
import type { EpochRow } from '../../../shared/rpc/contract';
import type { PointSeries } from '../../state/runSeries';

/** A run's epochs for a spreadsheet, every metric that was measured, figures as they are; named as Keras's history names them. */
export function epochsAsCsv(epochs: readonly EpochRow[]): string {
  const metrics = [...new Set(epochs.flatMap((row) => Object.keys(row.metrics ?? {})))];
  const heads = ['epoch', 'loss', 'accuracy', 'val_loss', 'val_accuracy', ...metrics.flatMap((name) => [name, `val_${name}`])];
  return csvOf([
    [...heads, 'learning_rate', 'seconds'],
    ...epochs.map((row) => [
      row.epoch,
      row.trainLoss,
      row.trainAccuracy,
      row.validationLoss,
      row.validationAccuracy,
      ...metrics.flatMap((name) => [row.metrics?.[name]?.train ?? null, row.metrics?.[name]?.validation ?? null]),
      row.learningRate ?? null,
      row.seconds,
    ]),
  ]);
}

/** The training curve step by step; nothing stands for what was not measured. */
export function stepsAsCsv({ step, epoch, loss, accuracy, length }: PointSeries): string {
  const measured = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  const lines = Array.from({ length }, (_, index) => [step, epoch, loss, accuracy].map((column) => measured(column[index])));
  return csvOf([['step', 'epoch', 'loss', 'accuracy'], ...lines]);
}
