import { graphOf } from '../../graph/applyEdits';
import type { PortRef } from '../../graph/graph';
import { compareShapes, type Shape } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
import { draftOf } from './draft';
import { aims, layerAt, nameAt, pathInTitle, type Plan, type Site } from './plan';
import { isInGraphOfMerge } from './sizes';

/** Takes a path from another layer whose output fits: a wire that was led to the wrong place. */
export function rewire(site: Site): readonly Plan[] {
  return aims(site).flatMap(({ target, others }) => {
    const [row] = others;
    if (!row || others.length > 1) return [];
    const taken = new Set([target.path.from, row.path.from]);
    return sourcesOf(site, target.shape, taken).flatMap((source, index): Plan[] => {
      const draft = draftOf(site.document);
      if (!draft.rewire(site.problem.node, row.port, source.from)) return [];
      const onTarget = target.path.nodes.includes(source.path);
      return [
        {
          id: `rewire:${row.port}:${source.path}:${source.from.port}`,
          title: `Take ${pathInTitle(row)} from ${nameAt(site, source.path)} instead of ${row.path.fromPath}`,
          edits: draft.edits(),
          places: [{ into: site.problem.node, port: row.port }],
          unfit: 4 + index * 0.3 + (onTarget ? 2 : 0),
        },
      ];
    });
  });
}

/** Outputs in the graph of the merge, before it, with a shape that fits: the nearest first, three at most. */
function sourcesOf(
  site: Site,
  wanted: Shape,
  taken: ReadonlySet<NodePath>,
): readonly { readonly path: NodePath; readonly from: PortRef }[] {
  const { analysis, problem, document } = site;
  const merge = layerAt(site, problem.node);
  const graph = merge && graphOf(document, merge.source.graph);
  const below = new Set([problem.node, ...problem.blocked]);
  const found: { path: NodePath; from: PortRef }[] = [];
  for (const path of analysis.order.toReversed()) {
    if (found.length === 3 || !graph) break;
    if (taken.has(path) || below.has(path) || !isInGraphOfMerge(site, path)) continue;
    for (const [port, type] of Object.entries(analysis.nodes.get(path)?.outputs ?? {}))
      if (compareShapes(type.shape, wanted) === 'equal') found.push({ path, from: { node: layerAt(site, path)?.source.id ?? path, port } });
  }
  return found;
}
