import type { NetworkAnalysis, NodePath } from '../../../shared/infer/analysis';
import { withBlockSums } from '../../../shared/infer/heat';
import { csvOf, markdownOf } from '../../../shared/infer/tableText';
import type { Profile } from '../../../shared/rpc/contract';

/** What a layer or a block took. */
export interface ProfileRow extends ProfileFigures {
  readonly path: NodePath;
  readonly kind: 'layer' | 'block';
  readonly name: string;
}

export interface ProfileFigures {
  readonly milliseconds: number;
  /** Of the whole run's time. */
  readonly share: number;
  /** Held when the run takes the most. */
  readonly bytes: number;
}

export const PROFILE_COLUMNS = [
  { id: 'name', title: 'Layer', meaning: 'The layer, with the blocks that it is in' },
  { id: 'milliseconds', title: 'Time', meaning: 'Of its operations, their gradients and its optimizer’s step' },
  { id: 'share', title: 'Share', meaning: 'Of the whole run’s time' },
  { id: 'bytes', title: 'Memory at the peak', meaning: 'What it holds at the moment when the run takes the most' },
] as const;

export type ProfileColumn = (typeof PROFILE_COLUMNS)[number]['id'];

/** Figures of which rows: of layers, of blocks (which sum up the layers inside them), or of both. */
export type ProfilePart = 'layers' | 'blocks' | 'both';

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
  const figures = (of: 'milliseconds' | 'bytes') =>
    withBlockSums(new Map(profile.rows.flatMap((row) => (row.path === null ? [] : [[row.path, row[of]] as const]))));
  const [times, bytes] = [figures('milliseconds'), figures('bytes')];
  const inNetwork = [...times].map(([path, milliseconds]): ProfileRow => ({
    path,
    kind: layers.has(path) ? 'layer' : 'block',
    name: nodes.get(path)?.name ?? flat.nodes.get(path)?.name ?? path,
    milliseconds,
    share: shareOf(milliseconds, profile),
    bytes: bytes.get(path) ?? 0,
  }));
  const wanted = inNetwork.filter(({ kind }) => part === 'both' || kind === (part === 'layers' ? 'layer' : 'block'));
  const order = (a: ProfileRow, b: ProfileRow) =>
    column === 'name' ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a[column] - b[column];
  return wanted.toSorted((a, b) => (ascending ? order(a, b) : order(b, a)));
}

/** What belongs to no layer – the loss, and what is between layers –, and all together. */
export function profileRims(profile: Profile): { readonly between: ProfileFigures; readonly whole: ProfileFigures } {
  const between = profile.rows.find(({ path }) => path === null) ?? { milliseconds: 0, bytes: 0 };
  const { milliseconds } = profile;
  return {
    between: { ...between, share: shareOf(between.milliseconds, profile) },
    whole: { milliseconds, share: milliseconds > 0 ? 1 : 0, bytes: profile.rows.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}

function shareOf(milliseconds: number, profile: Profile): number {
  return profile.milliseconds > 0 ? milliseconds / profile.milliseconds : 0;
}

/** Rows for a spreadsheet, figures as they were measured. */
export function profileAsCsv(rows: readonly ProfileRow[]): string {
  return csvOf([['name', 'kind', 'milliseconds', 'share', 'bytes'], ...rows.map(cellsOf)]);
}

/** Rows as a table of Markdown. */
export function profileAsMarkdown(rows: readonly ProfileRow[]): string {
  const titles = ['name', 'kind', 'milliseconds', 'share', 'bytes'];
  return markdownOf(
    titles.map((title, index) => ({ title, isNumber: index > 1 })),
    rows.map(cellsOf),
  );
}

function cellsOf({ name, kind, milliseconds, share, bytes }: ProfileRow) {
  return [name, kind, Number(milliseconds.toPrecision(4)), Number(share.toPrecision(3)), Math.round(bytes)];
}
