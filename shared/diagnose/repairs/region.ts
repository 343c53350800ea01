import { isKnown } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { FlatEdge, NodePath } from '../../infer/analysis';
import { alikeCounts } from '../regularity';
import { rowsOf, type Site } from './plan';

/** Layers before the fork that are looked at, and how far back they are sought. */
const BEFORE = 16;
const BACK = 60;

/**
 * Layers before the fork of a mismatch that may be why its paths do not fit: those first that are like few others of the
 * network, then the nearest. `distance` is the place in this order.
 */
export function beforeFork(site: Site): readonly { readonly path: NodePath; readonly distance: number }[] {
  const fork = site.problem.mismatch?.fork;
  if (!fork) return [];
  const alike = alikeCounts(site.analysis);
  return upstream(site, BACK, fork.node)
    .map(({ path, distance }) => ({ path, odd: alike(path), distance }))
    .sort((a, b) => Number(a.odd > 1) - Number(b.odd > 1) || a.distance - b.distance)
    .slice(0, BEFORE)
    .map(({ path, distance }) => ({ path, distance }));
}

/** Layers above one, the nearest first, itself left out. */
export function upstream(
  { analysis, problem }: Site,
  count: number,
  start: NodePath = problem.node,
): readonly { readonly path: NodePath; readonly distance: number }[] {
  const found: { path: NodePath; distance: number }[] = [];
  const seen = new Set([start]);
  let front: NodePath[] = [start];
  for (let distance = 1; front.length > 0 && found.length < count; distance += 1) {
    front = front
      .flatMap((path) => (analysis.flat.incoming.get(path) ?? []).map(({ from }) => from.node))
      .filter((path) => !seen.has(path));
    for (const path of front) {
      if (!seen.has(path)) found.push({ path, distance });
      seen.add(path);
    }
  }
  return found;
}

/** Wires on the paths of a mismatch from the merge back, then `more` of those before the fork; without a merge those above the layer. */
export function wiresNear(site: Site, more: number): readonly FlatEdge[] {
  const { analysis, problem } = site;
  const into = (path: NodePath) => analysis.flat.incoming.get(path) ?? [];
  const rows = rowsOf(site);
  if (rows.length === 0) return [problem.node, ...upstream(site, more).map(({ path }) => path)].flatMap(into);
  const inner = rows.flatMap(({ path }) => path.nodes.toReversed().flatMap(into));
  const fork = problem.mismatch?.fork?.node;
  const before = fork === undefined ? [] : [fork, ...upstream(site, more, fork).map(({ path }) => path)].flatMap(into).slice(0, more);
  return [...new Set([...into(problem.node), ...inner, ...before])];
}

/** Whether two shapes differ along an axis in which the inputs of the mismatch do. */
export function differsThere({ problem }: Site, a: Shape | undefined, b: Shape | undefined): boolean {
  if (!a || !b || a.length !== b.length) return true;
  const axes = problem.mismatch?.differing ?? [];
  return axes.length === 0 || axes.some((axis) => !isKnown(a[axis] ?? 0) || !isKnown(b[axis] ?? 0) || a[axis] !== b[axis]);
}
