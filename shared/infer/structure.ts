import type { SkipDocument } from '../document/document';
import type { NetworkAnalysis, NodePath } from './analysis';

/**
 * All of a network and its objectives that decides what its programs compute, as a text: kinds, parameters, types and wires of the layers
 * in their order, losses and weights of the outputs, metrics. Networks that differ in ids, names, places or blocks only have the same one.
 */
export function structureOf({ flat, nodes, order }: NetworkAnalysis, { training }: Pick<SkipDocument, 'training'>): string {
  const places = new Map(order.map((path, place): [NodePath, number] => [path, place]));
  const layers = order.map((path) => {
    const { type, params } = flat.nodes.get(path) ?? {};
    const wires = (flat.incoming.get(path) ?? []).map(({ from, to }) => [places.get(from.node), from.port, to.port]);
    return [type, params, wires, nodes.get(path)?.outputs];
  });
  const placeNamed = (output: string) => order.findIndex((path) => isOutput(flat.nodes.get(path), output));
  const objectives = training.objectives.map(({ output, loss, weight }) => [placeNamed(output), loss, weight]);
  return JSON.stringify([flat.dataFormat, layers, objectives, training.metrics]);
}

function isOutput(node: { readonly type: string; readonly name: string } | undefined, name: string): boolean {
  return node?.type === 'output' && node.name === name;
}
