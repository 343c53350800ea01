import type { EpochRow } from '../../../shared/rpc/contract';
import { durationWords, lossWords, percent } from '../runs/words';

const heads = ['Epoch', 'Loss', 'Accuracy', 'Val. loss', 'Val. accuracy', 'Time'];

/** One row an epoch, the latest on top, so that a run can be watched without scrolling. */
export function EpochTable({ epochs, best }: { readonly epochs: readonly EpochRow[]; readonly best: number | undefined }) {
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
        {epochs.toReversed().map((row) => (
          <Row key={row.epoch} row={row} isBest={row.epoch === best} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, isBest }: { readonly row: EpochRow; readonly isBest: boolean }) {
  const cells = [
    lossWords(row.trainLoss),
    percent(row.trainAccuracy),
    lossWords(row.validationLoss),
    percent(row.validationAccuracy),
    durationWords(row.seconds),
  ];
  return (
    <tr className={isBest ? 'font-semibold text-ink' : undefined}>
      <th scope="row" className="px-2 py-0.5 font-normal text-secondary first:pl-0">
        {isBest && <span className="mr-1 font-sans text-xs text-success-text">best</span>}
        {row.epoch}
      </th>
      {cells.map((cell, index) => (
        <td key={heads[index + 1]} className="px-2 py-0.5">
          {cell}
        </td>
      ))}
    </tr>
  );
}
