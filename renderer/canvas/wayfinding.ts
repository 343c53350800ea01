import type { EdgeId, GraphEdge, NodeId, Position } from '../../shared/graph/graph';
import { findCrossings } from './crossings';
import type { LayerFlowNode } from './flowTypes';
import { NODE_WIDTH, portOffset, type Box } from './geometry';
import { clearLane, wireCorners } from './wirePath';

/** The ways of all wires of a graph, as they are drawn. */
export interface Ways {
  readonly lanes: ReadonlyMap<EdgeId, number>;
  readonly hops: ReadonlyMap<EdgeId, readonly Position[]>;
}

/** Wires shorter than this have no layer between their ends. */
const SHORT = 130;
const noHops: Ways['hops'] = new Map();

/** Ways around layers and over other wires; worked out anew only when a layer or a wire has moved. */
export function createWayfinder() {
  let key = '';
  let known: Ways = { lanes: new Map(), hops: noHops };
  return function ways(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[], isMoving: boolean): Ways {
    const next = `${isMoving ? '~' : ''}${nodes.map(({ id, position, height }) => `${id} ${position.x} ${position.y} ${height}`).join()};${edges.map(edgeKey).join()}`;
    if (next === key) return known;
    key = next;
    const lanes = findLanes(edges, nodes);
    // While layers move, the wires that they do not touch keep their hops: no wire is drawn anew for a neighbour's sake.
    known = { lanes, hops: isMoving ? known.hops : findHops(edges, nodes, lanes) };
    return known;
  };
}

function edgeKey({ id, from, to, route }: GraphEdge): string {
  return `${id} ${from.node} ${from.port} ${to.node} ${to.port} ${route?.lane ?? ''} ${route?.turn ?? ''}`;
}

function findHops(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[], lanes: Ways['lanes']): Ways['hops'] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return findCrossings(
    edges.flatMap((edge) => {
      const source = portPosition(byId.get(edge.from.node), edge.from.port, 'outputs');
      const target = portPosition(byId.get(edge.to.node), edge.to.port, 'inputs');
      if (!source || !target) return [];
      const corners = wireCorners(source, target, { lane: lanes.get(edge.id), route: edge.route });
      return [{ id: edge.id, origin: `${edge.from.node} ${edge.from.port}`, corners }];
    }),
  );
}

function findLanes(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[]): Map<EdgeId, number> {
  const byId = new Map<NodeId, LayerFlowNode>(nodes.map((node) => [node.id, node]));
  const boxes = nodes.map(boxOf).sort((a, b) => a.x - b.x);
  const lanes = new Map<EdgeId, number>();
  for (const edge of edges) {
    if (edge.route?.lane !== undefined) continue;
    const source = portPosition(byId.get(edge.from.node), edge.from.port, 'outputs');
    const target = portPosition(byId.get(edge.to.node), edge.to.port, 'inputs');
    if (!source || !target || (target.x - source.x < SHORT && target.x > source.x)) continue;
    const lane = clearLane(source, target, within(boxes, Math.min(source.x, target.x), Math.max(source.x, target.x)));
    if (lane !== undefined) lanes.set(edge.id, lane);
  }
  return lanes;
}

function boxOf({ position, height }: LayerFlowNode): Box {
  return { ...position, width: NODE_WIDTH, height: height ?? 0 };
}

/** Of the boxes sorted by x, those that may reach between two places; found by halving, not by looking at all. */
function within(boxes: readonly Box[], left: number, right: number): readonly Box[] {
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boxes[middle] as Box).x < left - NODE_WIDTH) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < boxes.length && (boxes[end] as Box).x < right) end += 1;
  return boxes.slice(low, end);
}

/** Where a port stands on the canvas. */
function portPosition(node: LayerFlowNode | undefined, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  if (!node) return undefined;
  const ports = node.data.ports[side];
  const index = ports.findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  return { x: node.position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: node.position.y + portOffset(ports, index, node.data.height) };
}
