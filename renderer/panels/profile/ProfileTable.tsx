import { ArrowDown, ArrowUp, Layers } from 'lucide-react';
import { useRef } from 'react';
import { formatMilliseconds } from '../../state/profile';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';
import { formatBytes } from '../../ui/numbers';
import { percent } from '../runs/words';
import { useRovingRows } from '../../ui/useRovingRows';
import {
  type profileColumns,
  type profileRims,
  type ProfileColumn,
  type ProfileFigures,
  type ProfileRow,
  type ProfileSorting,
} from './profileRows';

/** Rows that PageUp and PageDown move by. */
const PAGE = 12;

type Columns = ReturnType<typeof profileColumns>;

interface ProfileTableProps {
  readonly columns: Columns;
  readonly rows: readonly ProfileRow[];
  readonly rims: ReturnType<typeof profileRims>;
  readonly sorting: ProfileSorting;
  readonly onSort: (column: ProfileColumn) => void;
}

/** Layers and blocks by what they take; a title sorts by its column. Arrows, Home and End move, Enter shows the layer on the canvas. */
export function ProfileTable({ columns, rows, rims, sorting, onSort }: ProfileTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { active, setActive, onKeyDown } = useRovingRows(scroller, rows.length, PAGE);
  const largest = (of: 'milliseconds' | 'bytes') => rows.reduce((most, row) => Math.max(most, row[of]), 0);
  // Parts of a time are as long as they are of the longest.
  const longest = largest('milliseconds');
  const most = { milliseconds: longest, forward: longest, backward: longest, update: longest, share: 0, bytes: largest('bytes') };
  return (
    <div ref={scroller} className="max-h-[50vh] scroll-py-8 overflow-auto rounded-lg border border-line">
      <table
        aria-label="Time and memory of layers"
        className="w-full border-separate border-spacing-0 text-right text-sm whitespace-nowrap"
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <Title
                key={column.id}
                column={column}
                ascending={sorting.column === column.id ? sorting.ascending : undefined}
                onPress={() => onSort(column.id)}
              />
            ))}
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons inside */}
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <Line
              key={row.path}
              columns={columns}
              row={row}
              index={index}
              most={most}
              isActive={index === active}
              onFocus={() => setActive(index)}
            />
          ))}
        </tbody>
        <tfoot className="sticky bottom-0 bg-raised">
          <Rim name="The loss, and what is between layers" columns={columns} figures={rims.between} isFirst />
          <Rim name="Together" columns={columns} figures={rims.whole} />
        </tfoot>
      </table>
    </div>
  );
}

interface RimProps {
  readonly name: string;
  readonly columns: Columns;
  readonly figures: ProfileFigures;
  readonly isFirst?: boolean;
}

function Rim({ name, columns, figures, isFirst = false }: RimProps) {
  const cell = classes('px-3 py-1', isFirst ? 'border-t border-line text-secondary' : 'font-semibold text-ink');
  return (
    <tr>
      <th scope="row" className={classes(cell, 'text-left', isFirst && 'font-normal')}>
        {name}
      </th>
      {figureColumns(columns).map((id) => (
        <td key={id} className={classes(cell, 'font-mono')}>
          {words(id, figures[id])}
        </td>
      ))}
    </tr>
  );
}

type FigureColumn = Exclude<ProfileColumn, 'name'>;

function figureColumns(columns: Columns): readonly FigureColumn[] {
  return columns.flatMap(({ id }) => (id === 'name' ? [] : [id]));
}

function words(column: FigureColumn, value: number): string {
  return column === 'share' ? percent(value) : column === 'bytes' ? formatBytes(value) : formatMilliseconds(value);
}

interface TitleProps {
  readonly column: Columns[number];
  /** Undefined where the table is sorted by another column. */
  readonly ascending: boolean | undefined;
  readonly onPress: () => void;
}

function Title({ column: { id, title, meaning }, ascending, onPress }: TitleProps) {
  const Arrow = ascending ? ArrowUp : ArrowDown;
  const sort = ascending === undefined ? undefined : ascending ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={classes('sticky top-0 z-10 border-b border-line bg-raised p-0 font-medium', id === 'name' ? 'text-left' : 'text-right')}
    >
      <button
        type="button"
        title={`${meaning}. Press to sort.`}
        onClick={onPress}
        className={classes(
          'inline-flex h-7 items-center gap-1 rounded-sm px-3 text-xs outline-offset-[-2px] hover:bg-hover',
          ascending === undefined ? 'text-secondary' : 'text-ink',
        )}
      >
        {/* Beside the words, not under the figures' edge. */}
        <Arrow size="0.6875rem" aria-hidden className={classes(ascending === undefined && 'invisible', id === 'name' && 'order-last')} />
        {title}
      </button>
    </th>
  );
}

interface LineProps {
  readonly columns: Columns;
  readonly row: ProfileRow;
  readonly index: number;
  /** The largest figures of all rows, for the bars. */
  readonly most: Readonly<Record<FigureColumn, number>>;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly onFocus: () => void;
}

function Line({ columns, row, index, most, isActive, onFocus }: LineProps) {
  return (
    <tr className={classes('hover:bg-hover', row.kind === 'block' && 'font-semibold')}>
      <th scope="row" className="max-w-80 p-0 text-left font-normal">
        <Name row={row} index={index} isActive={isActive} onFocus={onFocus} />
      </th>
      {figureColumns(columns).map((id) => (
        <Figure key={id} part={part(row[id], most[id])}>
          {words(id, row[id])}
        </Figure>
      ))}
    </tr>
  );
}

function part(figure: number, most: number): number {
  return most > 0 ? Math.round((100 * figure) / most) : 0;
}

/** With a bar behind it, so long in percent. */
function Figure({ part: percent, children }: { readonly part: number; readonly children: string }) {
  return (
    <td
      style={{ backgroundImage: `linear-gradient(to left, var(--heat-soft) ${percent}%, transparent ${percent}%)` }}
      className="bg-size-[100%_78%] bg-center bg-no-repeat px-3 font-mono"
    >
      {children}
    </td>
  );
}

/** Pressed, it shows the layer on the canvas. */
function Name({ row: { path, kind, name, label, depth }, index, isActive, onFocus }: Omit<LineProps, 'most' | 'columns'>) {
  const close = useSession((state) => state.closeDialog);
  return (
    <button
      type="button"
      data-row={index}
      tabIndex={isActive ? 0 : -1}
      title={name}
      style={{ paddingLeft: `${0.75 + depth}rem` }}
      onFocus={onFocus}
      onClick={() => {
        close();
        useSession.getState().reveal(path);
      }}
      className={classes(
        'flex w-full items-center gap-1.5 rounded-sm py-1 pr-3 text-left text-ink outline-offset-[-2px] hover:underline',
        kind === 'block' && 'font-semibold',
      )}
    >
      {kind === 'block' && <Layers size="0.75rem" aria-hidden className="shrink-0 text-secondary" />}
      <span className="truncate">{label}</span>
    </button>
  );
}
