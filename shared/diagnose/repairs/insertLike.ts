import type { NodePath } from '../../infer/analysis';
import type { FlatEdge } from '../../infer/analysis';
import { compareShapes } from '../../graph/tensor';
import { findLayer } from '../../layers/index';
import { summaryOf } from '../../infer/analyzeLayer';
import { draftOf } from './draft';
import { upstream } from './parameters';
import { layerAt, nameAt, rowsOf, type Plan, type Site } from './plan';

/** Kinds of layers that are tried on each wire, and wires on which they are: more are rarely what was meant. */
const KINDS = 10;
const WIRES = 12;

/** A layer like one that the network already has, put back where one is missing. */
export function insertLike(site: Site): readonly Plan[] {
  const models = modelsOf(site);
  return wiresNear(site).flatMap((wire, distance) =>
    models.flatMap((model): Plan[] => {
      const node = layerAt(site, model);
      if (!node || model === wire.from.node || model === wire.to.node) return [];
      const draft = draftOf(site.document);
      if (!draft.insert(wire.to.node, wire.to.port, [{ type: node.type, name: node.type, params: node.params }])) return [];
      const summary = summaryOf(node);
      return [
        {
          id: `insert:${wire.id}:${node.type}:${JSON.stringify(node.params)}`,
          title: `Put a ${node.type}${summary ? ` (${summary})` : ''} between ${nameAt(site, wire.from.node)} and ${nameAt(site, wire.to.node)}, as ${node.name} is`,
          edits: draft.edits(),
          places: [{ into: wire.to.node, port: wire.to.port }],
          unfit: 3.2 + Math.min(distance, 8) / 8,
        },
      ];
    }),
  );
}

/** One layer of each kind and setting that changes a shape; one in, one out. */
function modelsOf({ analysis }: Site): readonly NodePath[] {
  const seen = new Set<string>();
  const found: NodePath[] = [];
  for (const [path, node] of analysis.flat.nodes) {
    const layer = findLayer(node.type);
    const known = analysis.nodes.get(path);
    const [x] = Object.values(known?.inputs ?? {});
    const [y] = Object.values(known?.outputs ?? {});
    if (layer?.inputs.length !== 1 || layer.inputs[0]?.variadic || layer.outputs.length !== 1 || !x || !y) continue;
    const key = `${node.type} ${JSON.stringify(node.params)}`;
    if (seen.has(key) || compareShapes(x.shape, y.shape) === 'equal') continue;
    seen.add(key);
    found.push(path);
  }
  return found.slice(0, KINDS);
}

/** Wires on the paths of a mismatch from the merge back, else those above the layer. */
function wiresNear(site: Site): readonly FlatEdge[] {
  const { analysis, problem } = site;
  const rows = rowsOf(site);
  const into = (path: NodePath) => analysis.flat.incoming.get(path) ?? [];
  if (rows.length === 0) return [problem.node, ...upstream(site, 3).map(({ path }) => path)].flatMap(into).slice(0, WIRES / 2);
  const last = rows.flatMap(({ port }) => into(problem.node).filter(({ to }) => to.port === port));
  const inner = rows.flatMap(({ path }) => path.nodes.toReversed().flatMap(into));
  return [...last, ...inner].slice(0, WIRES);
}
