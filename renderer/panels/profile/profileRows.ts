import type { NetworkAnalysis, NodePath } from '../../../shared/infer/analysis';
import { withBlockSums } from '../../../shared/infer/heat';
import { blocksAround } from '../../../shared/infer/inside';
import { csvOf, markdownOf } from '../../../shared/infer/tableText';
import type { Profile } from '../../../shared/rpc/contract';

/** What a layer or a block took. */
export interface ProfileRow extends ProfileFigures {
  readonly path: NodePath;
  readonly kind: 'layer' | 'block';
  readonly name: string;
  /** Its name where it stands: below its block, which it begins with, the rest of it. */
  readonly label: string;
  /** In how many of the rows' blocks it stands. */
  readonly depth: number;
}

export interface ProfileFigures {
  readonly milliseconds: number;
  /** Of it the layer itself, its gradients, and the optimizer's step. */
  readonly forward: number;
  readonly backward: number;
  readonly update: number;
  /** Of the whole run's time. */
  readonly share: number;
  /** Held when the run takes the most. */
  readonly bytes: number;
}

export const PROFILE_COLUMNS = [
  { id: 'name', title: 'Layer', meaning: 'The layer, with the blocks that it is in' },
  { id: 'milliseconds', title: 'Time', meaning: 'Of its operations, and in a training step their gradients and its optimizer’s step' },
  { id: 'forward', title: 'Forward', meaning: 'Of its own operations' },
  { id: 'backward', title: 'Backward', meaning: 'Of its gradients' },
  { id: 'update', title: 'Update', meaning: 'Of the optimizer’s step of its weights' },
  { id: 'share', title: 'Share', meaning: 'Of the whole run’s time' },
  { id: 'bytes', title: 'Peak memory', meaning: 'What it holds at the moment when the run takes the most' },
] as const;

export type ProfileColumn = (typeof PROFILE_COLUMNS)[number]['id'];

/** Of a prediction there is nothing but forward. */
export function profileColumns({ program }: Pick<Profile, 'program'>): readonly (typeof PROFILE_COLUMNS)[number][] {
  const isOfStep = ({ id }: { readonly id: string }) => id === 'forward' || id === 'backward' || id === 'update';
  return PROFILE_COLUMNS.filter((column) => program === 'train' || !isOfStep(column));
}

/** Figures of which rows: of layers, of blocks (which sum up the layers inside them), or of both, each below the block that it is in. */
export type ProfilePart = 'layers' | 'blocks' | 'nested';

export interface ProfileSorting {
  readonly column: ProfileColumn;
  readonly ascending: boolean;
}

/** A profile's rows in the order that is wanted. Layers that are gone since keep their paths for names. */
export function profileRows(
  profile: Profile,
  { flat, nodes }: Pick<NetworkAnalysis, 'flat' | 'nodes'>,
  part: ProfilePart,
  { column, ascending }: ProfileSorting,
): readonly ProfileRow[] {
  const layers = new Set(profile.rows.flatMap(({ path }) => path ?? []));
  const figures = (of: 'milliseconds' | 'forward' | 'backward' | 'update' | 'bytes') =>
    withBlockSums(new Map(profile.rows.flatMap((row) => (row.path === null ? [] : [[row.path, row[of]] as const]))));
  const [times, forward, backward, update, bytes] = [
    figures('milliseconds'),
    figures('forward'),
    figures('backward'),
    figures('update'),
    figures('bytes'),
  ];
  const nameOf = (path: NodePath) => nodes.get(path)?.name ?? flat.nodes.get(path)?.name ?? path;
  const labelOf = (path: NodePath) => {
    const around = part === 'nested' ? innermost(path) : undefined;
    return around === undefined ? nameOf(path) : withoutStart(nameOf(path), nameOf(around));
  };
  const inNetwork = [...times].map(([path, milliseconds]): ProfileRow => ({
    path,
    kind: layers.has(path) ? 'layer' : 'block',
    name: nameOf(path),
    label: labelOf(path),
    depth: part === 'nested' ? blocksAround(path).length : 0,
    milliseconds,
    forward: forward.get(path) ?? 0,
    backward: backward.get(path) ?? 0,
    update: update.get(path) ?? 0,
    share: shareOf(milliseconds, profile),
    bytes: bytes.get(path) ?? 0,
  }));
  const order = (a: ProfileRow, b: ProfileRow) =>
    column === 'name' ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a[column] - b[column];
  const sorted = inNetwork.toSorted((a, b) => (ascending ? order(a, b) : order(b, a)));
  return part === 'nested' ? nested(sorted) : sorted.filter(({ kind }) => kind === (part === 'layers' ? 'layer' : 'block'));
}

/** Each row below the block that it is in; beside each other in their order. */
function nested(rows: readonly ProfileRow[]): readonly ProfileRow[] {
  const inside = new Map<string | undefined, ProfileRow[]>();
  for (const row of rows) {
    const around = innermost(row.path);
    inside.set(around, [...(inside.get(around) ?? []), row]);
  }
  const below = (path: string | undefined): readonly ProfileRow[] => (inside.get(path) ?? []).flatMap((row) => [row, ...below(row.path)]);
  return below(undefined);
}

/** `1/conv` of `stage 1/conv` in `stage`. */
function withoutStart(name: string, start: string): string {
  return name.startsWith(start) ? name.slice(start.length).replace(/^[\s/]+/, '') : name;
}

/** The block that a layer or a block is in, where it is in one. */
function innermost(path: NodePath): NodePath | undefined {
  const around = blocksAround(path);
  return around.find((block) => around.every((other) => other.length <= block.length));
}

/** What belongs to no layer – the loss, and what is between layers –, and all together. */
export function profileRims(profile: Profile): { readonly between: ProfileFigures; readonly whole: ProfileFigures } {
  const none = { milliseconds: 0, forward: 0, backward: 0, update: 0, bytes: 0 };
  const between = profile.rows.find(({ path }) => path === null) ?? none;
  const { milliseconds } = profile;
  const sum = (of: keyof typeof none) => profile.rows.reduce((all, row) => all + row[of], 0);
  return {
    between: { ...between, share: shareOf(between.milliseconds, profile) },
    whole: {
      milliseconds,
      forward: sum('forward'),
      backward: sum('backward'),
      update: sum('update'),
      share: milliseconds > 0 ? 1 : 0,
      bytes: sum('bytes'),
    },
  };
}

function shareOf(milliseconds: number, profile: Profile): number {
  return profile.milliseconds > 0 ? milliseconds / profile.milliseconds : 0;
}

/** Rows for a spreadsheet, figures as they were measured. */
export function profileAsCsv(rows: readonly ProfileRow[]): string {
  return csvOf([TITLES, ...rows.map(cellsOf)]);
}

/** Rows as a table of Markdown. */
export function profileAsMarkdown(rows: readonly ProfileRow[]): string {
  return markdownOf(
    TITLES.map((title, index) => ({ title, isNumber: index > 1 })),
    rows.map(cellsOf),
  );
}

const TITLES = ['name', 'kind', 'milliseconds', 'forward', 'backward', 'update', 'share', 'bytes'];

function cellsOf({ name, kind, milliseconds, forward, backward, update, share, bytes }: ProfileRow) {
  const times = [milliseconds, forward, backward, update].map((time) => Number(time.toPrecision(4)));
  return [name, kind, ...times, Number(share.toPrecision(3)), Math.round(bytes)];
}
