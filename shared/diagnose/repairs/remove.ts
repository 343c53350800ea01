import { compareShapes } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
import { draftOf } from './draft';
import { ENLARGING } from './enlarging';
import { layerAt, rowsOf, type Plan, type Site } from './plan';
import { beforeFork, upstream } from './region';

/** Takes a layer away that changes the shape: a pool or a flatten too many. */
export function remove(site: Site): readonly Plan[] {
  const rows = rowsOf(site);
  const onPaths = rows.flatMap(({ path }) => path.nodes);
  const near =
    rows.length > 0
      ? [...onPaths, ...beforeFork(site).map(({ path }) => path)]
      : [site.problem.node, ...upstream(site, 4).map(({ path }) => path)];
  return near.flatMap((path) => {
    const node = layerAt(site, path);
    if (!node || node.type === 'input' || node.type === 'output' || !mayGo(site, path)) return [];
    const draft = draftOf(site.document);
    if (!draft.remove(path)) return [];
    const isLight = !('filters' in node.params) && !('units' in node.params);
    // What was enlarged although nothing had made it smaller is large for want of a stride, or for nothing.
    const isNeedless = site.problem.code.endsWith('-stride') && ENLARGING.has(node.type) && isLight;
    return [
      {
        id: `remove:${path}`,
        title: `Take ${node.name} out`,
        edits: draft.edits(),
        places: [{ node: path }],
        unfit: (isNeedless ? 1.6 : isLight ? 3 : 4) + (path === site.problem.node ? 1.5 : 0),
      },
    ];
  });
}

/** One way in, and it changes the shape (or cannot be computed at all). */
function mayGo({ analysis, problem }: Site, path: NodePath): boolean {
  const count = analysis.flat.incoming.get(path)?.length ?? 0;
  // What a merge is warned of is no reason to have none.
  if (path === problem.node) return problem.severity === 'error' ? count > 0 : count === 1;
  const known = analysis.nodes.get(path);
  const [x, ...more] = Object.values(known?.inputs ?? {});
  const [y] = Object.values(known?.outputs ?? {});
  return x !== undefined && more.length === 0 && (!y || compareShapes(x.shape, y.shape) !== 'equal');
}
