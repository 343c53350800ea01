import { grouped } from '../graph/grouped';
import { withBlockSums } from './heat';
import { formatShape, type TensorType } from '../graph/tensor';
import { findLayer } from '../layers/index';
import type { NetworkAnalysis, NodePath } from './analysis';
import { blocksAround } from './inside';
import { activationMemory, bytesMoved, bytesOf, intensity } from './memory';
import { receptiveField } from './reach';
import { fieldInWords, strideInWords } from './reachInWords';

/** What there is to know of one layer or block; null where it is unknown. Memory is in bytes of one sample. */
export interface CostRow {
  readonly path: NodePath;
  /** Blocks stand behind the layers inside them in the order of computation, and sum them up. */
  readonly kind: 'layer' | 'block';
  readonly name: string;
  readonly layer: string;
  readonly output: string;
  readonly parameters: number | null;
  readonly macs: number | null;
  readonly memory: number | null;
  readonly kept: number | null;
  readonly intensity: number | null;
  readonly field: string;
  readonly stride: string;
}

export type CostColumn = Exclude<keyof CostRow, 'path' | 'kind'>;

/** The columns in their order: their titles, what they count, and a sentence on what that is. */
export const COST_COLUMNS: Readonly<
  Record<CostColumn, { readonly title: string; readonly unit: 'words' | 'count' | 'bytes' | 'ratio'; readonly meaning: string }>
> = {
  name: { title: 'name', unit: 'words', meaning: 'The layer, with the blocks that it is in' },
  layer: { title: 'layer', unit: 'words', meaning: 'The kind of layer, or the block' },
  output: { title: 'output', unit: 'words', meaning: 'Shape of the result, without the batch' },
  parameters: { title: 'parameters', unit: 'count', meaning: 'Numbers in all weights' },
  macs: { title: 'MACs', unit: 'count', meaning: 'Multiply-accumulate operations of one sample' },
  memory: { title: 'memory', unit: 'bytes', meaning: 'Of the result, for one sample' },
  kept: { title: 'kept', unit: 'bytes', meaning: 'What gradients need of the results, for one sample' },
  intensity: {
    title: 'ops/byte',
    unit: 'ratio',
    meaning: 'Arithmetic intensity: two operations a MAC, for each byte of inputs, outputs and weights of one sample',
  },
  field: { title: 'field', unit: 'words', meaning: 'Receptive field: how much of the input one position of the result sees' },
  stride: { title: 'stride', unit: 'words', meaning: 'Elements of the input from one position of the result to the next' },
};
export const COST_COLUMN_NAMES = Object.keys(COST_COLUMNS) as readonly CostColumn[];

const remembered = new WeakMap<NetworkAnalysis, readonly CostRow[]>();

/** A row for each layer in the order of computation, and for each block behind its last layer. Cost: one walk; kept with the analysis. */
export function costTable(analysis: NetworkAnalysis): readonly CostRow[] {
  const known = remembered.get(analysis);
  if (known) return known;
  const rows = [...layersAndBlocks(analysis)];
  remembered.set(analysis, rows);
  return rows;
}

function* layersAndBlocks(analysis: NetworkAnalysis): Generator<CostRow> {
  const keptOf = activationMemory(analysis)?.kept;
  const kept = sums(analysis, (path) => keptOf?.get(path));
  const moved = sums(analysis, (path) => bytesMoved(analysis, path));
  const last = new Map<NodePath, NodePath>();
  for (const path of analysis.order) for (const block of blocksAround(path)) last.set(block, path);
  const ending = grouped(last.keys(), (block) => last.get(block));
  for (const path of analysis.order) {
    yield rowOf(analysis, path, 'layer', kept(path), moved(path));
    for (const block of ending.get(path)?.toSorted((a, b) => b.length - a.length) ?? [])
      if (analysis.nodes.has(block)) yield rowOf(analysis, block, 'block', kept(block), moved(block));
  }
}

/** A figure of each layer and the sums of blocks; undefined once a layer's is unknown. */
function sums({ order }: NetworkAnalysis, figure: (path: NodePath) => number | undefined): (path: NodePath) => number | undefined {
  const all = withBlockSums(new Map(order.map((path) => [path, figure(path) ?? NaN])));
  return (path) => {
    const sum = all.get(path) ?? NaN;
    return Number.isNaN(sum) ? undefined : sum;
  };
}

function rowOf(
  analysis: NetworkAnalysis,
  path: NodePath,
  kind: CostRow['kind'],
  kept: number | undefined,
  moved: number | undefined,
): CostRow {
  const known = analysis.nodes.get(path);
  const flat = analysis.flat.nodes.get(path);
  const density = intensity(known?.macs, moved);
  const field = kind === 'layer' ? receptiveField(analysis, path) : undefined;
  return {
    path,
    kind,
    name: known?.name ?? flat?.name ?? path,
    layer: kind === 'block' ? blockWords(known?.copies) : (findLayer(flat?.type ?? '')?.title ?? flat?.type ?? ''),
    output: shapesOf(known?.outputs ?? {}),
    parameters: known?.parameters ?? null,
    macs: known?.macs ?? null,
    memory: known?.parameters === undefined ? null : (bytesOf(known.outputs) ?? null),
    kept: kept ?? null,
    intensity: density === undefined ? null : Number(density.toPrecision(3)),
    field: field === undefined ? '–' : fieldInWords(field),
    stride: field === undefined || field === 'whole' ? '–' : strideInWords(field),
  };
}

function blockWords(copies: number | undefined): string {
  return copies === undefined ? 'block' : `block ×${copies}`;
}

function shapesOf(types: Readonly<Record<string, TensorType>>): string {
  return (
    Object.values(types)
      .map((type) => formatShape(type.shape))
      .join(', ') || '–'
  );
}

export type Direction = 'descending' | 'ascending';

/** Sorted by a column, unknown numbers last; equal ones stay in the network's order. */
export function sortedCosts(rows: readonly CostRow[], column: CostColumn, direction: Direction): readonly CostRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'string' || typeof y === 'string' ? compareWords(String(x), String(y)) : x - y);
  });
}

const words = new Intl.Collator('en', { numeric: true });

/** `–` is nothing and stands before every word. */
function compareWords(a: string, b: string): number {
  return words.compare(a === '–' ? '' : a, b === '–' ? '' : b);
}
