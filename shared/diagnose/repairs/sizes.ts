import { isExpression } from '../../document/document';
import { isKnown, type Dim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import { channelAxis, imageAxes, placeAxes, type Shape } from '../../graph/tensor';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { ENDS } from '../ends';
import { storedParam } from './draft';
import { layerAt, type Row, type Site } from './plan';

/** Height, width and channels of an image in numbers; undefined where it is none, or where one is not known. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageSize({ analysis }: Site, shape: Shape): ImageSize | undefined {
  if (shape.length !== 4) return undefined;
  const axes = imageAxes(analysis.flat.dataFormat);
  const [height, width, channels] = [shape[axes.height], shape[axes.width], shape[axes.channels]] as [Dim, Dim, Dim];
  return isKnown(height) && isKnown(width) && isKnown(channels) ? { height, width, channels } : undefined;
}

/** A sequence, an image or a volume in numbers: one, two or three sides, first to last. */
export interface Extent {
  readonly sides: readonly number[];
  readonly channels: number;
}

/** Undefined where a value has no places, or where a size is not known. */
export function extentOf({ analysis }: Site, shape: Shape): Extent | undefined {
  const { dataFormat } = analysis.flat;
  const axes = shape.length < 3 || shape.length > 5 ? [] : placeAxes(shape.length, dataFormat);
  const sides = axes.map((axis) => shape[axis] as Dim).filter(isKnown);
  const channels = shape[channelAxis(shape.length, dataFormat)];
  return axes.length > 0 && sides.length === axes.length && channels !== undefined && isKnown(channels) ? { sides, channels } : undefined;
}

/** Strides that lead from one size to another, rounding up (`same`, 1×1 kernels) or down (a `valid` pooling of that size). */
export function stridesBetween(from: Extent, to: Extent, rounding: 'up' | 'down'): readonly number[] | undefined {
  const along = (n: number, target: number) => {
    const stride = Math.max(1, Math.round(n / target));
    const reached = rounding === 'up' ? Math.ceil(n / stride) : Math.floor(n / stride);
    return reached === target ? stride : undefined;
  };
  if (from.sides.length !== to.sides.length) return undefined;
  const strides = from.sides.map((side, axis) => along(side, to.sides[axis] as number));
  return strides.includes(undefined) ? undefined : (strides as readonly number[]);
}

/** What it costs in fitness that strides are larger than 2, or not the same along all sides: hardly anybody has them. */
export function unusual(strides: readonly number[]): number {
  return strides.some((stride) => stride > 2 || stride !== strides[0]) ? 0.5 : 0;
}

/** `1 filter`, `64 filters`. */
export function filtersInWords(count: number): string {
  return `${count} filter${count === 1 ? '' : 's'}`;
}

/** `2`, or `2×1` where the axes differ. */
export function sidesInWords(sides: readonly number[]): string {
  return new Set(sides).size === 1 ? String(sides[0]) : sides.join('×');
}

/** As layers of that many axes have it in their parameters: one number along a sequence, else a list. */
export function sidesAsParam(sides: readonly number[]): ParamValue {
  return sides.length === 1 ? (sides[0] as number) : [...sides];
}

/** Half of each count at either end; the odd one at the second. */
export function borders(counts: readonly number[]): Readonly<Record<string, number>> {
  const ends = ENDS[counts.length - 1] ?? [];
  return Object.fromEntries(
    ends.flatMap(([first, last], axis) => {
      const count = counts[axis] as number;
      return [
        [first, count >> 1],
        [last, count - (count >> 1)],
      ];
    }),
  );
}

/** Concatenate joins along the channels: there they may differ. */
export function isFreeAxis({ problem }: Site): boolean {
  return problem.code.includes('/concatenate-');
}

/** The layers of a path with this type, from the merge back to the fork. */
export function layersBack(site: Site, row: Row, type: string): readonly FlatNode[] {
  return row.path.nodes.toReversed().flatMap((path) => {
    const node = layerAt(site, path);
    return node?.type === type ? [node] : [];
  });
}

/**
 * A value as a layer of this path has it stored: inside a block, where a definition's parameter has that value, its
 * expression, so that every instance gets its own number.
 */
export function storedLike(site: Site, row: Row, param: string, value: ParamValue): ParamValue {
  const wanted = JSON.stringify(value);
  for (const path of row.path.nodes.toReversed()) {
    const node = layerAt(site, path);
    const stored = isInGraphOfMerge(site, path) ? storedParam(site.document, path, param) : undefined;
    if (stored !== undefined && isExpression(stored) && same(node?.params[param], wanted)) return stored;
  }
  return value;
}

function same(resolved: ParamValue | undefined, wanted: string): boolean {
  const sides = wanted.startsWith('[') ? (JSON.parse(wanted) as readonly unknown[]).length : 0;
  return JSON.stringify(typeof resolved === 'number' && sides > 0 ? Array.from({ length: sides }, () => resolved) : resolved) === wanted;
}

/** Whether a layer is drawn in the same place as the one with the problem: the same instance of the same block. */
export function isInGraphOfMerge({ problem }: Site, path: NodePath): boolean {
  return areInOneGraph(path, problem.node);
}

/** Whether two layers are drawn in the same place: the same instance of the same block, or the network. */
export function areInOneGraph(a: NodePath, b: NodePath): boolean {
  const outside = (path: NodePath) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return outside(a) === outside(b);
}

/** Whether a layer's window takes rows and columns off the border, for want of padding. */
export function takesBorder({ kernelSize, padding }: FlatNode['params']): boolean {
  return padding === 'valid' && kernelSize !== undefined && [kernelSize].flat().some((side) => typeof side === 'number' && side > 1);
}

/** Whether a layer's kernel sees one place alone. */
export function isPointwise({ kernelSize }: Readonly<Record<string, unknown>>): boolean {
  return kernelSize !== undefined && [kernelSize].flat().every((side) => side === 1);
}
