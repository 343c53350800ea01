import { ArrowDown, ArrowUp, Layers } from 'lucide-react';
import { useRef } from 'react';
import { formatMilliseconds } from '../../state/profile';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';
import { formatBytes } from '../../ui/numbers';
import { percent } from '../runs/words';
import { useRovingRows } from '../../ui/useRovingRows';
import {
  PROFILE_COLUMNS,
  type profileRims,
  type ProfileColumn,
  type ProfileFigures,
  type ProfileRow,
  type ProfileSorting,
} from './profileRows';

/** Rows that PageUp and PageDown move by. */
const PAGE = 12;

interface ProfileTableProps {
  readonly rows: readonly ProfileRow[];
  readonly rims: ReturnType<typeof profileRims>;
  readonly sorting: ProfileSorting;
  readonly onSort: (column: ProfileColumn) => void;
}

/** Layers and blocks by what they take; a title sorts by its column. Arrows, Home and End move, Enter shows the layer on the canvas. */
export function ProfileTable({ rows, rims, sorting, onSort }: ProfileTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { active, setActive, onKeyDown } = useRovingRows(scroller, rows.length, PAGE);
  const most = {
    milliseconds: rows.reduce((largest, { milliseconds }) => Math.max(largest, milliseconds), 0),
    bytes: rows.reduce((largest, { bytes }) => Math.max(largest, bytes), 0),
  };
  return (
    <div ref={scroller} className="max-h-[50vh] scroll-py-8 overflow-auto rounded-lg border border-line">
      <table
        aria-label="Time and memory of layers"
        className="w-full border-separate border-spacing-0 text-right text-sm whitespace-nowrap"
      >
        <thead>
          <tr>
            {PROFILE_COLUMNS.map((column) => (
              <Title
                key={column.id}
                column={column}
                ascending={sorting.column === column.id ? sorting.ascending : undefined}
                onPress={() => onSort(column.id)}
              />
            ))}
          </tr>
        </thead>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons inside */}
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <Line key={row.path} row={row} index={index} most={most} isActive={index === active} onFocus={() => setActive(index)} />
          ))}
        </tbody>
        <tfoot className="sticky bottom-0 bg-raised">
          <Rim name="The loss, and what is between layers" figures={rims.between} isFirst />
          <Rim name="Together" figures={rims.whole} />
        </tfoot>
      </table>
    </div>
  );
}

interface RimProps {
  readonly name: string;
  readonly figures: ProfileFigures;
  readonly isFirst?: boolean;
}

function Rim({ name, figures: { milliseconds, share, bytes }, isFirst = false }: RimProps) {
  const cell = classes('px-3 py-1', isFirst ? 'border-t border-line text-secondary' : 'font-semibold text-ink');
  return (
    <tr>
      <th scope="row" className={classes(cell, 'text-left', isFirst && 'font-normal')}>
        {name}
      </th>
      <td className={classes(cell, 'font-mono')}>{formatMilliseconds(milliseconds)}</td>
      <td className={classes(cell, 'font-mono')}>{percent(share)}</td>
      <td className={classes(cell, 'font-mono')}>{formatBytes(bytes)}</td>
    </tr>
  );
}

interface TitleProps {
  readonly column: (typeof PROFILE_COLUMNS)[number];
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
  readonly row: ProfileRow;
  readonly index: number;
  /** The largest figures of all rows, for the bars. */
  readonly most: Readonly<Record<'milliseconds' | 'bytes', number>>;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly onFocus: () => void;
}

function Line({ row, index, most, isActive, onFocus }: LineProps) {
  const { milliseconds, share, bytes } = row;
  return (
    <tr className={classes('hover:bg-hover', row.kind === 'block' && 'font-semibold')}>
      <th scope="row" className="max-w-80 p-0 text-left font-normal">
        <Name row={row} index={index} isActive={isActive} onFocus={onFocus} />
      </th>
      <Figure part={part(milliseconds, most.milliseconds)}>{formatMilliseconds(milliseconds)}</Figure>
      <Figure part={0}>{percent(share)}</Figure>
      <Figure part={part(bytes, most.bytes)}>{formatBytes(bytes)}</Figure>
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
function Name({ row: { path, kind, name }, index, isActive, onFocus }: Omit<LineProps, 'most'>) {
  const close = useSession((state) => state.closeDialog);
  return (
    <button
      type="button"
      data-row={index}
      tabIndex={isActive ? 0 : -1}
      title={name}
      onFocus={onFocus}
      onClick={() => {
        close();
        useSession.getState().reveal(path);
      }}
      className={classes(
        'flex w-full items-center gap-1.5 rounded-sm px-3 py-1 text-left text-ink outline-offset-[-2px] hover:underline',
        kind === 'block' && 'font-semibold',
      )}
    >
      {kind === 'block' && <Layers size="0.75rem" aria-hidden className="shrink-0 text-secondary" />}
      <span className="truncate">{name}</span>
    </button>
  );
}
