import { formatShape } from '../../shared/graph/tensor';
import type { NetworkAnalysis, NodePath } from '../../shared/infer/analysis';

/** What an edit would do to a network. */
export interface Consequence {
  /** The shape that the layer at the wire's end would give; empty while it gives none. */
  readonly gives: string;
  readonly added: number;
  readonly mended: number;
  /** The first new problem, in words. */
  readonly problem: string | undefined;
}

/** Problems that come and go between two analyses, and the result of the layer that is looked at. */
export function consequence(before: NetworkAnalysis, after: NetworkAnalysis, path: NodePath): Consequence {
  const had = new Set(before.problems.map(({ id }) => id));
  const has = new Set(after.problems.map(({ id }) => id));
  const added = after.problems.filter(({ id, code }) => !had.has(id) && code !== 'graph/not-connected');
  const [type] = Object.values(after.nodes.get(path)?.outputs ?? {});
  return {
    gives: type ? formatShape(type.shape) : '',
    added: added.length,
    mended: before.problems.filter(({ id }) => !has.has(id)).length,
    problem: added[0]?.message,
  };
}
