import { ArrowDown, ArrowUp } from 'lucide-react';
import { COST_COLUMN_NAMES, COST_COLUMNS, type CostColumn } from '../../../shared/infer/costTable';
import { classes } from '../../ui/classes';
import type { Sorting } from './CostTable';

/** The titles of the columns; each sorts by itself. */
export function CostHead({ sorting, onSort }: { readonly sorting: Sorting | undefined; readonly onSort: (column: CostColumn) => void }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {COST_COLUMN_NAMES.map((column) => {
          const { title, unit, meaning } = COST_COLUMNS[column];
          const direction = sorting?.column === column ? sorting.direction : undefined;
          const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
          return (
            <th
              key={column}
              scope="col"
              aria-sort={direction}
              className={classes(
                'sticky top-0 z-10 border-b border-line bg-canvas p-0 font-medium',
                unit === 'words' && 'text-left',
                column === 'name' && 'left-0 z-20',
              )}
            >
              <button
                type="button"
                title={`${meaning}. Press to sort.`}
                onClick={() => onSort(column)}
                className={classes(
                  'inline-flex h-7 items-center gap-1 rounded-sm px-2 text-xs hover:bg-hover',
                  direction ? 'text-ink' : 'text-secondary',
                  column === 'name' && 'pl-3',
                )}
              >
                {title}
                <Arrow size="0.6875rem" aria-hidden className={direction ? undefined : 'invisible'} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
