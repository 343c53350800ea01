import type { FlatEdge, NodePath } from '../../infer/analysis';
import { alikeCounts } from '../regularity';
import { rowsOf, type Site } from './plan';

/** Layers before the fork that are looked at, and how far back they are sought. */
const BEFORE = 16;
const BACK = 60;

/**
 * Whether what reaches the fork may be why its paths do not fit: they round its size differently, or one keeps its channels
 * while the other sets them. Strides and numbers of axes are made behind the fork.
 */
export function mayComeFromBefore({ problem }: Site): boolean {
  return /off-by-one|channels|size$/.test(problem.code);
}

/**
 * Layers before the fork of a mismatch that may be why its paths do not fit: those first that are like no other of the
 * network, of these and of the rest the nearest. `distance` counts the layers back from the fork.
 */
export function beforeFork(site: Site): readonly { readonly path: NodePath; readonly distance: number }[] {
  const fork = site.problem.mismatch?.fork;
  if (!fork) return [];
  const alike = alikeCounts(site.analysis);
  return upstream(site, BACK, fork.node)
    .toSorted((a, b) => Number(alike(a.path) > 1) - Number(alike(b.path) > 1))
    .slice(0, BEFORE);
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
