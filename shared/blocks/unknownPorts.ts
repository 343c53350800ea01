import type { SkipDocument } from '../document/document';
import { changesBetween } from '../graph/changes';
import { parsePort, variadicPort, type GraphEdge, type GraphNode, type PortRef, type PortSpec } from '../graph/graph';
import { wiresAt } from '../graph/wires';
import { findLayer } from '../layers/index';
import type { Place, Plan } from './place';

/** A port at which a wire ends or begins, and which its node does not have. */
export interface UnknownPort extends PortRef {
  readonly message: string;
}

type Blocks = SkipDocument['blocks'];

interface Seen {
  readonly nodes: readonly GraphNode[];
  readonly blocks: Blocks;
}

/** Wires that are all in order between these nodes. */
const inOrder = new WeakMap<readonly GraphEdge[], Seen>();

/** A graph with its plan. */
type Planned = Pick<Place, 'graph' | 'plan'>;

/**
 * Wires of one graph that begin or end at ports that are not there, as files have them that were written by hand: nothing flows
 * in them. Of a layer or a definition that is not known, every port is taken to be there. Costs a walk over the wires; from an
 * earlier graph whose wires were all in order, a look at those that are others or between other nodes.
 */
export function unknownPorts(now: Planned, blocks: Blocks, before?: Planned): readonly UnknownPort[] {
  const { nodes, edges } = now.plan;
  const seen = inOrder.get(edges);
  if (seen?.blocks === blocks && areOfOneKind(seen.nodes, nodes)) return none;
  const then = before && inOrder.get(before.plan.edges);
  const isInOrder = then?.blocks === blocks && found(now.plan, othersSince(now, before as Planned, then.nodes), blocks).length === 0;
  const wrong = isInOrder ? none : found(now.plan, edges, blocks);
  if (wrong.length === 0) inOrder.set(edges, { nodes, blocks });
  return wrong;
}

/** The wires that are others than before, or end at nodes that are. */
function othersSince({ graph, plan }: Planned, before: Planned, nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const { from, to } = wiresAt(graph.edges, before.graph.edges);
  const at = changesBetween(nodes, plan.nodes).came.flatMap(({ id }) => [...(from.get(id) ?? none), ...(to.get(id) ?? none)]);
  return [...changesBetween(before.plan.edges, plan.edges).came, ...at];
}

function found({ nodes, index }: Plan, edges: readonly GraphEdge[], blocks: Blocks): readonly UnknownPort[] {
  const wrong = new Map<string, UnknownPort>();
  for (const { from, to } of edges) {
    const [source, target] = [nodes[index.get(from.node) ?? -1], nodes[index.get(to.node) ?? -1]];
    if (!source || !target) continue;
    const [outputs, inputs] = [portsOf(source, blocks, 'outputs'), portsOf(target, blocks, 'inputs')];
    if (!hasPort(outputs, from.port))
      wrong.set(keyOf(from), { ...from, message: told(`to ${target.name} leaves`, from.port, outputs, 'outputs') });
    if (!hasPort(inputs, to.port)) wrong.set(keyOf(to), { ...to, message: told(`from ${source.name} enters`, to.port, inputs, 'inputs') });
  }
  return [...wrong.values()];
}

const none: readonly never[] = [];

function areOfOneKind(a: readonly GraphNode[], b: readonly GraphNode[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((node, at) => node === b[at] || (node.type === b[at]?.type && node.block === b[at].block));
}

function keyOf({ node, port }: PortRef): string {
  return `${node}\n${port}`;
}

type Side = 'inputs' | 'outputs';
/** Undefined where the kind of node is not known. */
type Ports = readonly PortSpec[] | undefined;

/** Whether one of these is meant by the port of a wire; where the kind of node is not known, it is taken to be there. */
export function hasPort(ports: Ports, port: string): boolean {
  return ports?.some(({ name, variadic }) => name === (variadic ? parsePort(port).name : port)) ?? true;
}

function told(which: string, port: string, ports: Ports = [], side: Side): string {
  const names = ports.map(({ name, variadic }) => `"${variadic ? variadicPort(name, 0) : name}"`);
  const mend =
    names.length === 0
      ? `It has no ${side}. Remove the wire.`
      : `Its ${side}: ${names.join(', ')}. Lead the wire to one of them, or remove it.`;
  return `a wire ${which} its port "${port}", which it does not have, so that the wire is left out. ${mend}`;
}

function portsOf(node: GraphNode, blocks: Blocks, side: Side): Ports {
  if (node.type === 'blockInput') return side === 'outputs' ? [{ name: 'y' }] : [];
  if (node.type === 'blockOutput') return side === 'inputs' ? [{ name: 'x' }] : [];
  if (node.type !== 'block') return findLayer(node.type)?.[side];
  const ends = blocks[node.block ?? '']?.graph.nodes;
  const end = side === 'inputs' ? 'blockInput' : 'blockOutput';
  return ends && Object.values(ends).filter(({ type }) => type === end);
}
