import { useState } from 'react';
import type { EpochRow } from '../../../shared/rpc/contract';
import { metricNamed } from '../../../shared/training/metrics/index';
import { durationWords } from '../../../shared/training/durations';
import { Button } from '../../ui/Button';
import { lossWords, percent } from '../runs/words';

interface EpochTableProps {
  readonly epochs: readonly EpochRow[];
  /** Names of what was measured beside loss and accuracy. */
  readonly metrics: readonly string[];
  readonly best: number | undefined;
}

/** So many rows are drawn at first, and more by the button below them: a run may have thousands of epochs. */
const ROWS = 200;
const MORE = 1000;

/** One row an epoch, the latest on top, so that a run can be watched without scrolling. */
export function EpochTable({ epochs, metrics, best }: EpochTableProps) {
  const [shown, setShown] = useState(ROWS);
  const measured = metrics.map((name) => `Val. ${metricNamed(name).title}`);
  const heads = ['Epoch', 'Loss', 'Accuracy', 'Val. loss', 'Val. accuracy', ...measured, 'Time'];
  return (
    <table aria-label="Epochs" className="w-full border-separate border-spacing-0 text-right font-mono text-sm whitespace-nowrap">
      <thead>
        <tr>
          {heads.map((head) => (
            <th
              key={head}
              scope="col"
              className="sticky top-0 border-b border-line bg-canvas px-2 py-1 font-sans text-xs font-medium text-secondary first:pl-0"
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {epochs
          .slice(-shown)
          .toReversed()
          .map((row) => (
            <Row key={row.epoch} row={row} metrics={metrics} isBest={row.epoch === best} />
          ))}
        {epochs.length > shown && (
          <tr>
            <td colSpan={heads.length} className="py-1.5 text-left font-sans">
              <Button onClick={() => setShown(shown + MORE)}>Earlier epochs</Button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Row({ row, metrics, isBest }: { readonly row: EpochRow; readonly metrics: readonly string[]; readonly isBest: boolean }) {
  const cells = [
    lossWords(row.trainLoss),
    percent(row.trainAccuracy),
    lossWords(row.validationLoss),
    percent(row.validationAccuracy),
    ...metrics.map((name) => metricValue(name, row.metrics?.[name]?.validation)),
    durationWords(row.seconds),
  ];
  return (
    <tr className={isBest ? 'font-semibold text-ink' : undefined}>
      <th scope="row" className="px-2 py-0.5 font-normal text-secondary first:pl-0">
        {isBest && <span className="mr-1 font-sans text-xs text-success-text">best</span>}
        {row.epoch}
      </th>
      {cells.map((cell, index) => (
        <td key={index} className="px-2 py-0.5">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function metricValue(name: string, value: number | null | undefined): string {
  return metricNamed(name).isShare ? percent(value) : lossWords(value);
}
