import type { BlockDefinition } from '../document/document';
import { findLayer } from '../layers/index';
import { parsePort, variadicPort, type BlockId, type GraphNode, type PortSpec } from './graph';

/** A port as it is drawn: its id in wires, and its name. */
export interface Port {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** One more than is needed: a free place of a variadic port, shown when a wire is looking for one. */
  readonly isSpare?: true;
}

export interface NodePorts {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

type Blocks = Readonly<Record<BlockId, BlockDefinition>>;

/** The wires that enter or leave a node, by port, so that no caller has to walk all wires for each node. */
export interface TakenPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The ports of a node: a layer's own, a block's by the `blockInput` and `blockOutput` nodes of its definition, and for a
 * layer that this version does not know those that its wires use. A variadic port shows its wires and one free place.
 */
export function portsOf(node: GraphNode, blocks: Blocks, taken: TakenPorts): NodePorts {
  if (node.type === 'blockInput') return { inputs: [], outputs: [{ id: 'y', name: node.name }] };
  if (node.type === 'blockOutput') return { inputs: [{ id: 'x', name: node.name }], outputs: [] };
  if (node.type === 'block') return blockPorts(blocks[node.block ?? '']) ?? wiredPorts(taken);
  const layer = findLayer(node.type);
  if (!layer) return wiredPorts(taken);
  return { inputs: layer.inputs.flatMap((spec) => inputPorts(spec, taken.inputs)), outputs: layer.outputs.map(plainPort) };
}

function blockPorts(block: BlockDefinition | undefined): NodePorts | undefined {
  if (!block) return undefined;
  const named = (type: string) =>
    Object.values(block.graph.nodes)
      .filter((node) => node.type === type)
      .map((node) => ({ id: node.name, name: node.name }));
  return { inputs: named('blockInput'), outputs: named('blockOutput') };
}

function wiredPorts(taken: TakenPorts): NodePorts {
  const unique = (ports: readonly string[]) => [...new Set(ports)].map((id) => ({ id, name: id }));
  return { inputs: unique(taken.inputs), outputs: unique(taken.outputs) };
}

function inputPorts(spec: PortSpec, taken: readonly string[]): Port[] {
  if (!spec.variadic) return [plainPort(spec)];
  const minimum = spec.variadic.min;
  const used = taken.map(parsePort).filter(({ name, index }) => name === spec.name && index !== undefined);
  const highest = Math.max(-1, ...used.map(({ index }) => index as number));
  const gap = used.length <= highest;
  const count = Math.max(minimum, highest + (gap ? 1 : 2));
  return Array.from({ length: count }, (_, index) => ({
    id: variadicPort(spec.name, index),
    name: `${spec.name} ${index + 1}`,
    ...(index >= Math.max(minimum, highest + 1) ? { isSpare: true as const } : {}),
  }));
}

function plainPort(spec: PortSpec): Port {
  return { id: spec.name, name: spec.name, ...(spec.description === undefined ? {} : { description: spec.description }) };
}

export const nothingTaken: TakenPorts = { inputs: [], outputs: [] };
