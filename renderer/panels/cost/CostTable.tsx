import { Fragment, useRef, useState } from 'react';
import { COST_COLUMN_NAMES, type CostColumn, type CostRow, type Direction } from '../../../shared/infer/costTable';
import type { Totals } from '../../../shared/infer/analysis';
import { useSession } from '../../state/session';
import { countOf, formatCount, formatSum } from '../../ui/numbers';
import { useRovingRows } from '../../ui/useRovingRows';
import { useRowHeight } from '../outline/useRowHeight';
import { windowOf } from '../outline/windowOf';
import { CostHead } from './CostHead';
import { CostLine } from './CostLine';

export interface Sorting {
  readonly column: CostColumn;
  readonly direction: Direction;
}

interface CostTableProps {
  readonly rows: readonly CostRow[];
  readonly totals: Totals;
  /** Undefined: the order of computation. */
  readonly sorting: Sorting | undefined;
  readonly onSort: (column: CostColumn) => void;
}

/** Of thousands of rows only those in view are drawn, and the one that has the keyboard. Arrows, Home and End move, Enter shows the layer. */
export function CostTable({ rows, totals, sorting, onSort }: CostTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const height = useRowHeight(scroller, setView);
  const [first, last] = windowOf(view.top, view.height, height, rows.length);
  const { active: at, setActive, onKeyDown } = useRovingRows(scroller, rows.length, Math.max(1, Math.floor(view.height / height) - 2));
  const drawn = drawnRows(first, last, at);
  const most = mostOf(rows);

  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget: { scrollTop: top, clientHeight } }) => setView({ top, height: clientHeight })}
      className="min-h-0 flex-1 overflow-auto scroll-py-9"
    >
      <table
        aria-label="Cost of layers"
        aria-rowcount={rows.length + 2}
        className="w-full border-separate border-spacing-0 text-right text-sm whitespace-nowrap"
      >
        <CostHead sorting={sorting} onSort={onSort} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons inside */}
        <tbody onKeyDown={onKeyDown}>
          {drawn.map((index, position) => {
            const gap = index - (position === 0 ? 0 : (drawn[position - 1] as number) + 1);
            const row = rows[index] as CostRow;
            return (
              <Fragment key={row.path}>
                {gap > 0 && <Gap height={gap * height} />}
                <CostLine row={row} index={index} height={height} most={most} isActive={index === at} onPress={() => show(row, index)} />
              </Fragment>
            );
          })}
          <Gap height={(rows.length - 1 - (drawn.at(-1) ?? -1)) * height} />
        </tbody>
        <CostFoot totals={totals} rows={rows.length + 2} />
      </table>
    </div>
  );

  function show(row: CostRow, index: number) {
    setActive(index);
    useSession.getState().reveal(row.path);
  }
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}

function drawnRows(first: number, last: number, active: number): readonly number[] {
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  if (active < 0 || (active >= first && active < last)) return shown;
  return active < first ? [active, ...shown] : [...shown, active];
}

/** The largest figure of each column, for the bars. */
function mostOf(rows: readonly CostRow[]): ReadonlyMap<CostColumn, number> {
  return new Map(
    COST_COLUMN_NAMES.map((column) => [
      column,
      rows.reduce((most, row) => {
        const value = row[column];
        return typeof value === 'number' && value > most ? value : most;
      }, 0),
    ]),
  );
}

function CostFoot({ totals, rows }: { readonly totals: Totals; readonly rows: number }) {
  return (
    <tfoot>
      <tr aria-rowindex={rows} className="font-semibold text-ink">
        <th scope="row" colSpan={3} className="sticky bottom-0 border-t border-line bg-canvas px-2 py-1 text-left first:pl-3">
          The network
          {totals.leftOut > 0 && (
            <span className="font-normal text-secondary">
              {' '}
              without {countOf(totals.leftOut, 'layer')} that {totals.leftOut === 1 ? 'is' : 'are'} unknown
            </span>
          )}
        </th>
        <td title={formatCount(totals.parameters)} className="sticky bottom-0 border-t border-line bg-canvas px-2 font-mono">
          {formatSum(totals.parameters, totals.unknownParameters)}
        </td>
        <td title={formatCount(totals.macs)} className="sticky bottom-0 border-t border-line bg-canvas px-2 font-mono">
          {formatSum(totals.macs, totals.unknownMacs)}
        </td>
        <td colSpan={5} className="sticky bottom-0 border-t border-line bg-canvas" />
      </tr>
    </tfoot>
  );
}
