import type { Connection } from '@xyflow/react';
import { applyToGraph } from '../../shared/graph/applyEdits';
import type { Edit, GraphRef } from '../../shared/graph/edit';
import { freeInput, nextOutput, type Blocks } from '../../shared/edits/ports';
import type { EdgeId, Graph, GraphEdge, NodeId, PortRef } from '../../shared/graph/graph';
import { newId } from '../../shared/graph/names';
import { cycleThrough } from '../../shared/graph/order';
import { noFreeInput } from '../commands/wiring';

export type Ends = Pick<Connection, 'source' | 'target' | 'sourceHandle' | 'targetHandle'>;

/** Why these two ports cannot be wired, in words; undefined where they can. */
export function whyNot(graph: Graph, { source, target, sourceHandle, targetHandle }: Ends): string | undefined {
  if (!sourceHandle || !targetHandle) return 'A wire goes from an output to an input.';
  if (source === target) return 'A layer cannot feed itself.';
  const cycle = cycleThrough(graph, source, target);
  if (cycle) return `That would be a circle: ${[...cycle, cycle[0] as string].map((id) => graph.nodes[id]?.name ?? id).join(' → ')}.`;
  const there = Object.values(graph.edges).some(
    ({ from, to }) => from.node === source && from.port === sourceHandle && to.node === target && to.port === targetHandle,
  );
  return there ? 'These two are wired already.' : undefined;
}

/** The graph as a wire meets it of which an end was taken off: its own way is free. Null: a wire that is drawn anew. */
export function withoutWire(graph: Graph, moved: EdgeId | null): Graph {
  return moved === null ? graph : applyToGraph(graph, [{ kind: 'disconnect', id: moved }]);
}

/** Whether a wire leads from where to where it led. */
export function isSameWire({ edges }: Graph, id: EdgeId, { source, target, sourceHandle, targetHandle }: Ends): boolean {
  const { from, to } = edges[id] ?? {};
  return from?.node === source && from.port === sourceHandle && to?.node === target && to.port === targetHandle;
}

/** The wire from a port to a layer on which it is dropped: to its free port. Or why there is none, in words. */
export function endsOnLayer(graph: Graph, blocks: Blocks, port: PortRef, type: 'source' | 'target', layer: NodeId): Ends | string {
  const node = graph.nodes[layer];
  if (!node || layer === port.node) return 'A layer cannot feed itself.';
  const own = type === 'source' ? freeInput(graph, blocks, node) : nextOutput(graph, blocks, node);
  if (!own && type === 'target') return `“${node.name}” has no output.`;
  if (!own) return noFreeInput(node);
  const [from, to] = type === 'source' ? [port, own] : [own, port];
  const ends = { source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port };
  return whyNot(graph, ends) ?? ends;
}

/** The edits that draw a wire, in place of `old` where one of its ends was moved. A wire in the port makes room. */
export function wireEdits(
  graph: Graph,
  ref: GraphRef,
  { source, target, sourceHandle, targetHandle }: Ends,
  old?: EdgeId,
): readonly Edit[] {
  if (!sourceHandle || !targetHandle) return [];
  const edge: GraphEdge = {
    id: old ?? newId(graph, 'e'),
    from: { node: source, port: sourceHandle },
    to: { node: target, port: targetHandle },
  };
  return [...(old === undefined ? [] : [{ kind: 'disconnect', id: old, graph: ref } as const]), { kind: 'connect', edge, graph: ref }];
}
