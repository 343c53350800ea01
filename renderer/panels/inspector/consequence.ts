import type { Problem } from '../../../shared/graph/problem';
import { compareShapes, formatShape, type TensorType } from '../../../shared/graph/tensor';
import type { NetworkAnalysis, NodePath } from '../../../shared/infer/analysis';

/** What an edit did to the network, seen from one layer. */
export interface Consequence {
  /** Output of the layer itself, where it is another now: `28×28×32` and `14×14×32`. */
  readonly output: { readonly before: string; readonly after: string } | undefined;
  /** Layers whose output is another now, without the layer itself. */
  readonly others: number;
  /** Of the whole network. */
  readonly parameters: { readonly before: number; readonly after: number } | undefined;
  readonly appeared: readonly Problem[];
  readonly mended: readonly Problem[];
}

/** What differs between two states of the network; undefined where nothing does. */
export function consequenceOf(before: NetworkAnalysis, after: NetworkAnalysis, path: NodePath | undefined): Consequence | undefined {
  if (before === after) return undefined;
  // A layer that has just been added had no other output before.
  const output = path === undefined || !before.nodes.has(path) ? undefined : changed(outputOf(before, path), outputOf(after, path));
  const parameters = changed(before.totals.parameters, after.totals.parameters);
  let others = 0;
  for (const other of after.order) if (other !== path && hasOtherOutput(before, after, other)) others += 1;
  // A warning that is switched off is not mended, and one that is switched on again is not new.
  const appeared = without(after.problems, [...before.problems, ...before.switchedOff]);
  const mended = without(before.problems, [...after.problems, ...after.switchedOff]);
  const nothing = !output && !parameters && others === 0 && appeared.length === 0 && mended.length === 0;
  return nothing ? undefined : { output, others, parameters, appeared, mended };
}

function changed<T>(before: T, after: T): { readonly before: T; readonly after: T } | undefined {
  return before === after ? undefined : { before, after };
}

function without(problems: readonly Problem[], others: readonly Problem[]): readonly Problem[] {
  const ids = new Set(others.map(({ id }) => id));
  return problems.filter(({ id }) => !ids.has(id));
}

function outputOf({ nodes }: NetworkAnalysis, path: NodePath): string {
  const types = Object.values(nodes.get(path)?.outputs ?? {});
  return types.length === 0 ? 'unknown' : types.map(({ shape }) => formatShape(shape)).join(', ');
}

/** A layer that was not there before, or is no more, has no other output: it was added or removed. */
function hasOtherOutput(before: NetworkAnalysis, after: NetworkAnalysis, path: NodePath): boolean {
  const [old, now] = [before.nodes.get(path), after.nodes.get(path)];
  // What inference left alone is the same object.
  if (!old || old === now || old.outputs === now?.outputs) return false;
  for (const port in old.outputs) if (isAnother(old.outputs[port], now?.outputs[port])) return true;
  for (const port in now?.outputs) if (!old.outputs[port]) return true;
  return false;
}

function isAnother(before: TensorType | undefined, after: TensorType | undefined): boolean {
  return before !== after && (!before || !after || compareShapes(before.shape, after.shape) !== 'equal');
}
