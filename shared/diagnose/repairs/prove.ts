import { isKnown } from '../../graph/dim';
import { applyEdits } from '../../graph/applyEdits';
import type { Problem, Repair, RepairCost } from '../../graph/problem';
import { sampleSize } from '../../graph/tensor';
import type { NetworkAnalysis, NodeAnalysis } from '../../infer/analysis';
import { analyze } from '../../infer/analyze';
import type { Plan, Site } from './plan';

/** A plan that was tried on a copy and holds. */
export interface Proven extends Repair {
  readonly plan: Plan;
  readonly after: NetworkAnalysis;
}

/**
 * Applies a plan to a copy and infers it: proven where the problem is gone and none is new. A problem of a layer of which
 * nothing was known because of this one is not new: it comes to light, and is counted.
 */
export function prove(site: Site, plan: Plan): Proven | undefined {
  const after = analyze(applyEdits(site.document, plan.edits), site.analysis);
  const reveals = revealed(site, after);
  if (!reveals) return undefined;
  const { id, title, edits, note } = plan;
  return { id, title, edits, ...(note === undefined ? {} : { note }), cost: costOf(site.analysis, after, plan), reveals, plan, after };
}

/** Codes of what comes to light; undefined where the problem is still there or another is new. */
function revealed({ analysis, problem }: Site, after: NetworkAnalysis): readonly string[] | undefined {
  const before = new Set(analysis.problems.map(({ id }) => id));
  const hidden = new Set(problem.blocked);
  const codes: string[] = [];
  for (const found of after.problems) {
    if (found.id === problem.id || isSameMerge(found, problem)) return undefined;
    if (before.has(found.id)) continue;
    if (!hidden.has(found.node)) return undefined;
    codes.push(found.code);
  }
  return codes;
}

/** Of a merge that still disagrees, in whatever way, nothing was mended. */
function isSameMerge(found: Problem, problem: Problem): boolean {
  return found.node === problem.node && found.mismatch !== undefined && problem.mismatch !== undefined;
}

function costOf(before: NetworkAnalysis, after: NetworkAnalysis, { places }: Plan): RepairCost {
  const cost = { parameters: 0, macs: 0, bytes: 0 };
  const changed = new Set(places.flatMap((place) => ('node' in place ? [place.node] : [])));
  for (const path of after.flat.nodes.keys()) {
    const now = after.nodes.get(path);
    const then = before.nodes.get(path);
    if (!now || now === then) continue;
    // What was unknown has no “before” to compare with; of a layer that the plan changes all is told.
    const isUnknown = then !== undefined && then.parameters === undefined;
    if (isUnknown && !changed.has(path)) continue;
    count(cost, now, 1);
    if (then && !isUnknown) count(cost, then, -1);
  }
  for (const path of before.flat.nodes.keys()) {
    const gone = after.flat.nodes.has(path) ? undefined : before.nodes.get(path);
    if (gone) count(cost, gone, -1);
  }
  return cost;
}

function count(cost: { parameters: number; macs: number; bytes: number }, node: NodeAnalysis, sign: 1 | -1): void {
  cost.parameters += sign * (node.parameters ?? 0);
  cost.macs += sign * (node.macs ?? 0);
  cost.bytes += sign * bytesOf(node);
}

function bytesOf({ outputs }: NodeAnalysis): number {
  return Object.values(outputs).reduce((sum, type) => {
    const size = sampleSize(type.shape);
    return sum + (isKnown(size) ? size * (type.dtype === 'bool' ? 1 : 4) : 0);
  }, 0);
}
