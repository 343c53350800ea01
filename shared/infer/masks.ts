import { parsePort } from '../graph/graph';
import { leavingPorts, type MaskUse } from '../layers/_masks';
import type { AnyLayer } from '../layers/define';
import { allLayers, findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import type { FlatGraph, FlatNode, NodePath } from './analysis';
import { factsOf } from './facts';

/** Where masks are in a network: which steps of a sequence count. */
export interface Masks {
  /** The layers whose outputs have one. */
  readonly masked: ReadonlySet<NodePath>;
  /** The layers at which one that arrives ends, though the layer does not look at it, and what each does with masks. */
  readonly lost: ReadonlyMap<NodePath, 'loses' | 'joins'>;
}

const NONE: Masks = { masked: new Set(), lost: new Map() };
const known = new WeakMap<FlatGraph, Masks>();

/** Cost: one walk over the layers of a network that has a layer which can make a mask, the first time. */
export function masksIn(flat: FlatGraph, order: readonly NodePath[]): Masks {
  const { kinds } = factsOf(flat.nodes);
  if (!makers().some((type) => kinds.has(type))) return NONE;
  const before = known.get(flat);
  if (before) return before;
  const masks = walked(flat, order);
  known.set(flat, masks);
  return masks;
}

let found: readonly string[] | undefined;

/** The kinds of layers at which masks can begin. */
function makers(): readonly string[] {
  found ??= allLayers.flatMap(({ type, makeMask }) => (makeMask ? [type] : []));
  return found;
}

function walked(flat: FlatGraph, order: readonly NodePath[]): Masks {
  const masked = new Set<NodePath>();
  const lost = new Map<NodePath, 'loses' | 'joins'>();
  for (const path of order) {
    const node = flat.nodes.get(path) as FlatNode;
    const layer = findLayer(node.type);
    const use = layer && useOf(layer, node);
    if (!layer || !use) continue;
    const ports = wiredPorts(layer, flat, path);
    const from = new Map((flat.incoming.get(path) ?? []).map((edge) => [edge.to.port, edge.from.node]));
    const isMasked = (port: string) => masked.has(from.get(port) ?? '');
    if (use === 'makes' || leavingPorts(use, ports, isMasked).length > 0) masked.add(path);
    else if ((use === 'loses' || use === 'joins') && ports.some(isMasked)) lost.set(path, use);
  }
  return { masked, lost };
}

function useOf(layer: AnyLayer, node: FlatNode): MaskUse | undefined {
  const params = parseParams(layer, node.params);
  return params.ok ? layer.masks(params.value) : undefined;
}

/** The ports of a layer at which there are wires, in the order of its ports and of their places. */
export function wiredPorts(layer: AnyLayer, { incoming }: Pick<FlatGraph, 'incoming'>, path: NodePath): readonly string[] {
  const place = (port: string) => {
    const { name, index = 0 } = parsePort(port);
    return [layer.inputs.findIndex((spec) => spec.name === name), index] as const;
  };
  const ports = (incoming.get(path) ?? []).map(({ to }) => to.port);
  return [...new Set(ports)].sort((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
}
