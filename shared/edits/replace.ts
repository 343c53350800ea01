import type { GraphEdit } from '../graph/edit';
import type { Graph, GraphNode, NodeId, Params, PortRef } from '../graph/graph';
import { uniqueName } from '../graph/names';
import type { NodePorts } from '../graph/ports';
import { findLayer } from '../layers/index';
import { defaultParams, parseParams } from '../layers/parse';
import { portsIn, portsWithInputs, type Blocks } from './ports';

/** What a node becomes: a layer type, or an instance of a block. */
export type Become = Pick<GraphNode, 'type' | 'params'> & Pick<Partial<GraphNode>, 'block' | 'name'>;

/**
 * Gives a node another kind in its place: wires stay at the ports in the same position (those beyond the new kind's ports
 * go), parameters that both kinds know stay, and a name that was never given by a person follows the kind.
 */
export function replaceNode(graph: Graph, blocks: Blocks, id: NodeId, become: Become): readonly GraphEdit[] {
  const old = graph.nodes[id];
  if (!old) return [];
  const name = become.name ?? (isOwnName(old, blocks) ? uniqueName(without(graph, id), kindName(become, blocks)) : old.name);
  const { block: _, ...rest } = old;
  const node: GraphNode = {
    ...rest,
    type: become.type,
    name,
    params: sharedParams(become, old.params),
    ...(become.block === undefined ? {} : { block: become.block }),
  };
  return [{ kind: 'addNode', node }, ...rewired(graph, blocks, [node])];
}

/** Two nodes change places: each takes the other's position and wires. A place that a person chose stays one. */
export function swapNodes(graph: Graph, blocks: Blocks, a: NodeId, b: NodeId): readonly GraphEdit[] {
  const [first, second] = [graph.nodes[a], graph.nodes[b]];
  if (!first || !second || a === b) return [];
  const atFirst = { ...standingAs(second, first), id: a };
  const atSecond = { ...standingAs(first, second), id: b };
  return [{ kind: 'addNode', node: atFirst }, { kind: 'addNode', node: atSecond }, ...rewired(graph, blocks, [atFirst, atSecond])];
}

/** A node where another one stands; whether a person chose the place is of the place. */
function standingAs({ placed: _, ...node }: GraphNode, { position, placed }: GraphNode): GraphNode {
  return { ...node, position, ...(placed ? { placed } : {}) };
}

/** Was the name made from the kind, or given? */
function isOwnName(node: GraphNode, blocks: Blocks): boolean {
  const kind = kindName(node, blocks);
  return node.name === kind || (node.name.startsWith(`${kind}_`) && /^\d+$/.test(node.name.slice(kind.length + 1)));
}

function kindName({ type, block }: Pick<GraphNode, 'type' | 'block'>, blocks: Blocks): string {
  return (block === undefined ? undefined : blocks[block]?.name) ?? type;
}

function without(graph: Graph, id: NodeId): Graph {
  return { ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([key]) => key !== id)) };
}

/** The new kind's parameters, with the values of the old one that it knows by name and takes. */
export function sharedParams({ type, params }: Pick<Become, 'type' | 'params'>, old: Params): Params {
  const layer = findLayer(type);
  if (!layer) return params;
  let result: Params = { ...defaultParams(layer), ...params };
  for (const [name, value] of Object.entries(old)) {
    if (!Object.hasOwn(result, name)) continue;
    const next = { ...result, [name]: value };
    if (parseParams(layer, next).ok) result = next;
  }
  return result;
}

/** Wires moved to the port in the same position; wires beyond the new node's ports are taken off. */
function rewired(graph: Graph, blocks: Blocks, nodes: readonly GraphNode[]): readonly GraphEdit[] {
  const maps = new Map(nodes.map((node) => [node.id, portMap(graph, blocks, node)]));
  const moved = (side: keyof NodePorts, { node, port }: PortRef): PortRef | undefined => {
    const map = maps.get(node);
    if (!map) return { node, port };
    const next = map[side].get(port);
    return next === undefined ? undefined : { node, port: next };
  };
  return Object.values(graph.edges).flatMap((edge): GraphEdit[] => {
    const [from, to] = [moved('outputs', edge.from), moved('inputs', edge.to)];
    if (from?.port === edge.from.port && to?.port === edge.to.port) return [];
    return [{ kind: 'disconnect', id: edge.id }, ...(from && to ? [{ kind: 'connect', edge: { ...edge, from, to } } as const] : [])];
  });
}

type PortMap = Readonly<Record<keyof NodePorts, ReadonlyMap<string, string>>>;

/** From the ports of the node that stands there to those of the one that comes. */
function portMap(graph: Graph, blocks: Blocks, node: GraphNode): PortMap {
  const old = graph.nodes[node.id];
  const before = old ? portsIn(graph, blocks, old) : { inputs: [], outputs: [] };
  const after = portsWithInputs(node, blocks, before.inputs.length);
  const pairs = (side: keyof NodePorts) =>
    new Map(before[side].flatMap(({ id }, index) => (after[side][index] ? [[id, after[side][index].id] as const] : [])));
  return { inputs: pairs('inputs'), outputs: pairs('outputs') };
}
