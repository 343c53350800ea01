import type { Dim } from '../../graph/dim';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { compareShapes } from '../../graph/tensor';
import { findLayer } from '../../layers/index';
import { summaryOf } from '../../infer/analyzeLayer';
import { draftOf, type NewLayer } from './draft';
import { layerAt, nameAt, rowsOf, type Plan, type Site } from './plan';
import { mayComeFromBefore, upstream, wiresNear } from './region';

/** Kinds of layers that are tried on each wire, and wires on which they are: more are rarely what was meant. */
const KINDS = 10;
const WIRES = 12;
/** Outputs before the fork behind which a layer may be missing. */
const BEHIND = 5;

/** A layer like one that the network already has, put back where one is missing. */
export function insertLike(site: Site): readonly Plan[] {
  // What is only unusual has all its layers.
  if (site.problem.severity === 'warning' && !site.problem.mismatch) return [];
  const models = modelsOf(site);
  return wiresNear(site, site.problem.mismatch ? 0 : 3)
    .slice(0, WIRES)
    .flatMap((wire, distance) =>
      models.flatMap((model): Plan[] => {
        const node = layerAt(site, model);
        if (!node || model === wire.from.node || model === wire.to.node) return [];
        const draft = draftOf(site.document);
        if (!draft.insert(wire.to.node, wire.to.port, [copyOf(node)])) return [];
        return [
          {
            id: `insert:${wire.id}:${node.type}:${JSON.stringify(node.params)}`,
            title: `Put ${kindInWords(node)} between ${nameAt(site, wire.from.node)} and ${nameAt(site, wire.to.node)}, as ${node.name} is`,
            edits: draft.edits(),
            places: [{ into: wire.to.node, port: wire.to.port }],
            unfit: 3.2 + Math.min(distance, 8) / 8,
          },
        ];
      }),
    );
}

/** One layer of each kind and setting that changes a shape, one in, one out; first those that make a size that is wanted. */
function modelsOf(site: Site): readonly NodePath[] {
  const { analysis } = site;
  const wanted = new Set(rowsOf(site).flatMap(({ shape }) => shape.slice(1)));
  const isWanted = ({ params }: FlatNode) => wanted.has(params['filters'] as Dim) || wanted.has(params['units'] as Dim);
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
  const first = found.filter((path) => isWanted(analysis.flat.nodes.get(path) as FlatNode));
  return [...new Set([...first, ...found])].slice(0, KINDS);
}

/** A layer like one that the network already has, put back behind an output from which both paths come. */
export function insertBehind(site: Site): readonly Plan[] {
  const fork = mayComeFromBefore(site) ? site.problem.mismatch?.fork?.node : undefined;
  if (fork === undefined) return [];
  const models = modelsOf(site);
  const outputs = [{ path: fork, distance: 0 }, ...upstream(site, BEHIND, fork)];
  return outputs.flatMap(({ path, distance }) => {
    const source = layerAt(site, path);
    const [port, ...more] = Object.keys(site.analysis.nodes.get(path)?.outputs ?? {});
    if (!source || port === undefined || more.length > 0) return [];
    return models.flatMap((model): Plan[] => {
      const node = layerAt(site, model);
      const draft = draftOf(site.document);
      if (!node || model === path || !draft.insertAfter(path, port, copyOf(node))) return [];
      return [
        {
          id: `insertBehind:${path}:${node.type}:${JSON.stringify(node.params)}`,
          title: `Put ${kindInWords(node)} behind ${source.name}, as ${node.name} is`,
          edits: draft.edits(),
          places: [{ node: path }],
          unfit: 3.4 + distance / 8,
        },
      ];
    });
  });
}

function copyOf({ type, params }: FlatNode): NewLayer {
  return { type, name: type, params };
}

/** `a conv2d (3×3 · 64)`. */
function kindInWords(node: FlatNode): string {
  const summary = summaryOf(node);
  return `a ${node.type}${summary ? ` (${summary})` : ''}`;
}
