import ELK, { type ElkNode, type ElkPort } from 'elkjs/lib/elk-api';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { BlockDefinition } from '../../shared/document/document';
import type { Edit } from '../../shared/graph/edit';
import type { Graph, GraphNode, NodeId } from '../../shared/graph/graph';
import { partOf } from '../../shared/graph/partOf';
import { nothingTaken, portsOf, takenPorts, type Port } from '../../shared/graph/ports';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { showFailure } from './failure';
import { shown } from './graphEdits';

const SIZE = { width: 152, height: 64 } as const;

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': '72',
  'elk.spacing.nodeNode': '40',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // A long chain goes on in the next line, as text does.
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.layered.wrapping.additionalEdgeSpacing': '40',
  'elk.aspectRatio': '2.2',
} as const;

/**
 * Layers in columns from left to right, few crossings. Computed in a worker, applied as one step of undo. With `only`,
 * these layers among themselves, from where their upper left corner stands.
 */
export async function arrange(only?: ReadonlySet<NodeId>): Promise<void> {
  const { document, graph: whole, ref } = shown();
  const graph = only ? partOf(whole, only) : whole;
  const places = Object.values(graph.nodes).map(({ position }) => position);
  const corner = only ? { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) } : { x: 0, y: 0 };
  const worker = new ELK({ workerUrl, workerFactory: (url) => new Worker(url ?? workerUrl) });
  try {
    const { children = [] } = await worker.layout(toElk(graph, document.blocks));
    // A layer that was removed meanwhile is not moved: an edit of something that is not there changes nothing.
    const moves = children.map(({ id, x = 0, y = 0 }): Edit => ({
      kind: 'move',
      id,
      position: { x: Math.round(corner.x + x), y: Math.round(corner.y + y) },
      graph: ref,
    }));
    useDocument.getState().edit(only ? 'Tidy the selection' : 'Arrange the network', moves, 'record');
    if (!only) requestAnimationFrame(() => useSession.getState().canvasApi?.fit());
  } catch (error) {
    showFailure('The network could not be arranged', error);
  } finally {
    worker.terminateWorker();
  }
}

export function toElk(graph: Graph, blocks: Readonly<Record<string, BlockDefinition>>): ElkNode {
  const taken = takenPorts(graph);
  return {
    id: 'network',
    layoutOptions,
    children: Object.values(graph.nodes).map((node) => toElkNode(node, blocks, taken.get(node.id) ?? nothingTaken)),
    edges: Object.values(graph.edges).map(({ id, from, to }) => ({
      id,
      sources: [portId(from.node, 'out', from.port)],
      targets: [portId(to.node, 'in', to.port)],
    })),
  };
}

/** Ports keep their order, so that the main path stays above its shortcut. */
function toElkNode(
  node: GraphNode,
  blocks: Readonly<Record<string, BlockDefinition>>,
  taken: { inputs: readonly string[]; outputs: readonly string[] },
): ElkNode {
  const { inputs, outputs } = portsOf(node, blocks, taken);
  // ELK counts ports clockwise: outputs down the right side, then inputs up the left side.
  const ports = [
    ...withWired(outputs, taken.outputs).map((port, index) => toElkPort(node.id, 'out', port, index)),
    ...withWired(inputs, taken.inputs).map((port, index, all) => toElkPort(node.id, 'in', port, outputs.length + all.length - index)),
  ];
  return { id: node.id, ...SIZE, ports, layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' } };
}

/** A wire may end in a port that a layer no longer has; ELK would refuse the whole graph. */
function withWired(ports: readonly Port[], wired: readonly string[]): readonly string[] {
  return [...new Set([...ports.map((port) => port.id), ...wired])];
}

function toElkPort(node: string, side: 'in' | 'out', port: string, index: number): ElkPort {
  return {
    id: portId(node, side, port),
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST', 'elk.port.index': String(index) },
  };
}

function portId(node: string, side: 'in' | 'out', port: string): string {
  return JSON.stringify([node, side, port]);
}
