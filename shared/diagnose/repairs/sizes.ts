import { isExpression } from '../../document/document';
import { isKnown, type Dim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import { imageAxes, type Shape } from '../../graph/tensor';
import type { FlatNode, NodePath } from '../../infer/analysis';
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

export type Pair = readonly [number, number];

/** Strides that lead from one size to another, rounding up (`same`, 1×1 kernels) or down (a `valid` pooling of that size). */
export function stridesBetween(from: ImageSize, to: ImageSize, rounding: 'up' | 'down'): Pair | undefined {
  const along = (n: number, target: number) => {
    const stride = Math.max(1, Math.round(n / target));
    const reached = rounding === 'up' ? Math.ceil(n / stride) : Math.floor(n / stride);
    return reached === target ? stride : undefined;
  };
  const [high, wide] = [along(from.height, to.height), along(from.width, to.width)];
  return high === undefined || wide === undefined ? undefined : [high, wide];
}

/** `2`, or `2×1` where the axes differ. */
export function pairInWords([a, b]: Pair): string {
  return a === b ? String(a) : `${a}×${b}`;
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
  return JSON.stringify(typeof resolved === 'number' && wanted.startsWith('[') ? [resolved, resolved] : resolved) === wanted;
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
  const kernel: readonly unknown[] = Array.isArray(kernelSize) ? kernelSize : [];
  return padding === 'valid' && kernel.some((side) => typeof side === 'number' && side > 1);
}
