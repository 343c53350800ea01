import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Profile } from '../../../shared/rpc/contract';
import { useDocument } from '../../state/document';
import { formatMilliseconds } from '../../state/profile';
import { useSession } from '../../state/session';
import { classes } from '../../ui/classes';
import { formatBytes } from '../../ui/numbers';

const COLUMNS = [
  { id: 'name', title: 'Layer' },
  { id: 'milliseconds', title: 'Time' },
  { id: 'share', title: 'Share' },
  { id: 'bytes', title: 'Memory at the peak' },
] as const;
type Column = (typeof COLUMNS)[number]['id'];

interface Row {
  readonly path: string | null;
  readonly name: string;
  readonly milliseconds: number;
  readonly share: number;
  readonly bytes: number;
}

/** Layers by what they take, the most first; a title sorts by its column. */
export function ProfileTable({ profile }: { readonly profile: Profile }) {
  const nodes = useDocument((state) => state.analysis.flat.nodes);
  const [sorting, setSorting] = useState<{ column: Column; ascending: boolean }>({ column: 'milliseconds', ascending: false });
  const rows = useMemo(
    () =>
      sorted(
        profile.rows.map((row): Row => rowOf(row, profile, row.path === null ? undefined : nodes.get(row.path)?.name)),
        sorting,
      ),
    [profile, nodes, sorting],
  );
  return (
    <div
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
      tabIndex={0}
      className="max-h-[50vh] overflow-auto rounded-lg border border-line"
    >
      <table
        aria-label="Time and memory of layers"
        className="w-full border-separate border-spacing-0 text-right text-sm whitespace-nowrap"
      >
        <thead>
          <tr>
            {COLUMNS.map(({ id, title }) => (
              <Title
                key={id}
                title={title}
                isWords={id === 'name'}
                ascending={sorting.column === id ? sorting.ascending : undefined}
                onPress={() => setSorting({ column: id, ascending: sorting.column === id ? !sorting.ascending : id === 'name' })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.path ?? ''} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rowOf({ path, milliseconds, bytes }: Profile['rows'][number], profile: Profile, name: string | undefined): Row {
  const share = profile.milliseconds > 0 ? milliseconds / profile.milliseconds : 0;
  return { path, name: path === null ? 'The loss, and what is between layers' : (name ?? path), milliseconds, share, bytes };
}

function sorted(rows: readonly Row[], { column, ascending }: { column: Column; ascending: boolean }): readonly Row[] {
  const order = (a: Row, b: Row) => (column === 'name' ? a.name.localeCompare(b.name) : a[column] - b[column]);
  return rows.toSorted((a, b) => (ascending ? order(a, b) : order(b, a)));
}

interface TitleProps {
  readonly title: string;
  readonly isWords: boolean;
  /** Undefined where the table is sorted by another column. */
  readonly ascending: boolean | undefined;
  readonly onPress: () => void;
}

function Title({ title, isWords, ascending, onPress }: TitleProps) {
  const Arrow = ascending ? ArrowUp : ArrowDown;
  const sort = ascending === undefined ? undefined : ascending ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={classes('sticky top-0 border-b border-line bg-canvas p-0 font-medium', isWords && 'text-left')}
    >
      <button
        type="button"
        onClick={onPress}
        className={classes(
          'inline-flex h-7 items-center gap-1 rounded-sm px-3 text-xs hover:bg-hover',
          ascending === undefined ? 'text-secondary' : 'text-ink',
        )}
      >
        {title}
        <Arrow size="0.6875rem" aria-hidden className={ascending === undefined ? 'invisible' : undefined} />
      </button>
    </th>
  );
}

function Line({ row: { path, name, milliseconds, share, bytes } }: { readonly row: Row }) {
  const percent = `${(100 * share).toFixed(1)} %`;
  return (
    <tr className="hover:bg-hover">
      <th scope="row" className="max-w-80 truncate px-3 py-1 text-left font-normal">
        {path === null ? <span className="text-secondary">{name}</span> : <LayerLink path={path} name={name} />}
      </th>
      <td className="px-3 font-mono">{formatMilliseconds(milliseconds)}</td>
      <td
        style={{ backgroundImage: `linear-gradient(to left, var(--heat-soft) ${100 * share}%, transparent ${100 * share}%)` }}
        className="bg-size-[100%_78%] bg-center bg-no-repeat px-3 font-mono"
      >
        {percent}
      </td>
      <td className="px-3 font-mono">{formatBytes(bytes)}</td>
    </tr>
  );
}

/** Shows the layer on the canvas. */
function LayerLink({ path, name }: { readonly path: string; readonly name: string }) {
  const close = useSession((state) => state.closeDialog);
  return (
    <button
      type="button"
      className="rounded-sm text-ink hover:underline"
      onClick={() => {
        close();
        useSession.getState().reveal(path);
      }}
    >
      {name}
    </button>
  );
}
