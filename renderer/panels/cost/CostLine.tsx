import { Layers } from 'lucide-react';
import { memo } from 'react';
import { COST_COLUMN_NAMES, COST_COLUMNS, type CostColumn, type CostRow } from '../../../shared/infer/costTable';
import { classes } from '../../ui/classes';
import { formatBytes, formatCount, formatLarge } from '../../ui/numbers';

interface CostLineProps {
  readonly row: CostRow;
  readonly index: number;
  readonly height: number;
  readonly most: ReadonlyMap<CostColumn, number>;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly onPress: () => void;
}

/** A layer or a block: pressed, it is shown on the canvas. Bars compare the figures of a column. */
export const CostLine = memo(function CostLine({ row, index, height, most, isActive, onPress }: CostLineProps) {
  return (
    <tr aria-rowindex={index + 2} style={{ height }} className={classes('hover:bg-hover', row.kind === 'block' && 'font-semibold')}>
      <th scope="row" className="sticky left-0 max-w-60 bg-canvas p-0 text-left font-normal">
        <button
          type="button"
          data-row={index}
          tabIndex={isActive ? 0 : -1}
          title={row.name}
          onClick={onPress}
          className={classes(
            row.kind === 'block' && 'font-semibold',
            'flex w-full items-center gap-1.5 rounded-sm py-0.5 pr-2 pl-3 text-left text-ink outline-offset-[-2px] hover:underline',
          )}
        >
          {row.kind === 'block' && <Layers size="0.75rem" aria-hidden className="shrink-0 text-secondary" />}
          <span className="truncate">{row.name}</span>
        </button>
      </th>
      {COST_COLUMN_NAMES.slice(1).map((column) => (
        <Cell key={column} column={column} value={row[column]} most={most.get(column) ?? 0} />
      ))}
    </tr>
  );
});

interface CellProps {
  readonly column: CostColumn;
  readonly value: string | number | null;
  readonly most: number;
}

function Cell({ column, value, most }: CellProps) {
  const { unit } = COST_COLUMNS[column];
  if (typeof value !== 'number')
    return (
      <td
        title={value ?? undefined}
        className={classes(
          'max-w-44 truncate px-2',
          unit === 'words' ? 'text-left' : 'font-mono text-secondary',
          column !== 'layer' && 'font-mono',
        )}
      >
        {value ?? 'unknown'}
      </td>
    );
  const share = most > 0 ? Math.round((100 * value) / most) : 0;
  return (
    <td
      title={formatCount(value)}
      style={{ backgroundImage: `linear-gradient(to left, var(--heat-soft) ${share}%, transparent ${share}%)` }}
      className="bg-size-[100%_78%] bg-center bg-no-repeat px-2 font-mono"
    >
      {inWords[unit](value)}
    </td>
  );
}

const inWords = {
  words: String,
  count: formatLarge,
  bytes: formatBytes,
  ratio: (value: number) => (value === 0 ? '0' : value.toPrecision(3)),
} as const;
