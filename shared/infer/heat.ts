import type { NodePath } from './analysis';
import { blocksAround } from './inside';

/** How hot one layer or block is, and the figure in words. */
export interface HeatValue {
  /** From 0 to 1, against the largest among the layers that stand beside it: those of the same network or block. */
  readonly share: number;
  readonly label: string;
}

/**
 * Figures of layers and blocks as heat. Each is compared with those beside it, which are on the canvas at the same time: a block
 * holds more than any layer in it. Figures of 0 are cold; unknown ones are left out before.
 */
export function heatOf(
  figures: ReadonlyMap<NodePath, number>,
  label: (figure: number, path: NodePath) => string,
): ReadonlyMap<NodePath, HeatValue> {
  const largest = new Map<string, number>();
  for (const [path, figure] of figures) {
    const around = graphOf(path);
    largest.set(around, Math.max(largest.get(around) ?? 0, figure));
  }
  const heat = new Map<NodePath, HeatValue>();
  for (const [path, figure] of figures) {
    const most = largest.get(graphOf(path)) ?? 0;
    heat.set(path, { share: most > 0 ? Math.max(0, figure) / most : 0, label: label(figure, path) });
  }
  return heat;
}

/** Figures that were taken of layers – measured times, for one – and their sums for the blocks around them. */
export function withBlockSums(figures: ReadonlyMap<NodePath, number>): ReadonlyMap<NodePath, number> {
  const all = new Map(figures);
  for (const [path, figure] of figures) for (const block of blocksAround(path)) all.set(block, (all.get(block) ?? 0) + figure);
  return all;
}

/** Copies of a repeated block are compared with each other: only one is looked at, but all are of one kind. */
function graphOf(path: NodePath): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))).replaceAll(/\[\d+\](?=\/|$)/g, '');
}
