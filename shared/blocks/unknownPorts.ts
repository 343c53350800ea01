import type { SkipDocument } from '../document/document';
import { parsePort, variadicPort, type GraphEdge, type GraphNode, type PortRef, type PortSpec } from '../graph/graph';
import { findLayer } from '../layers/index';
import type { Plan } from './place';

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

/**
 * Wires of one graph that begin or end at ports that are not there, as files have them that were written by hand: nothing flows
 * in them. Of a layer or a definition that is not known, every port is taken to be there. Costs a walk over the wires, and where
 * they are as before one over the nodes, if those are others.
 */
export function unknownPorts({ nodes, edges, index }: Plan, blocks: Blocks): readonly UnknownPort[] {
  const seen = inOrder.get(edges);
  if (seen?.blocks === blocks && areOfOneKind(seen.nodes, nodes)) return none;
  const found = new Map<string, UnknownPort>();
  for (const { from, to } of edges) {
    const [source, target] = [nodes[index.get(from.node) ?? -1], nodes[index.get(to.node) ?? -1]];
    if (!source || !target) continue;
    const [outputs, inputs] = [portsOf(source, blocks, 'outputs'), portsOf(target, blocks, 'inputs')];
    if (!hasPort(outputs, from.port))
      found.set(keyOf(from), { ...from, message: told(`to ${target.name} leaves`, from.port, outputs, 'outputs') });
    if (!hasPort(inputs, to.port)) found.set(keyOf(to), { ...to, message: told(`from ${source.name} enters`, to.port, inputs, 'inputs') });
  }
  if (found.size === 0) inOrder.set(edges, { nodes, blocks });
  return [...found.values()];
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
