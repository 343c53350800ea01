import type { EdgeId, GraphEdge, NodeId, Position } from '../../shared/graph/graph';
import { findCrossings } from './crossings';
import type { LayerFlowNode } from './flowTypes';
import { NODE_WIDTH, portOffset, type Box } from './geometry';
import { clearLane, labelPlace, LABEL_HEIGHT, wireCorners } from './wirePath';

/** The ways of all wires of a graph, as they are drawn. */
export interface Ways {
  readonly lanes: ReadonlyMap<EdgeId, number>;
  readonly hops: ReadonlyMap<EdgeId, readonly Position[]>;
  /** Wires that share the port where they begin with others. */
  readonly forks: ReadonlySet<EdgeId>;
  /** How wide a wire's label may be before it lies on a layer, where one is near. */
  readonly clear: ReadonlyMap<EdgeId, number>;
}

/** Wires shorter than this have no layer between their ends. */
const SHORT = 130;
const noHops: Ways['hops'] = new Map();

/** Ways around layers and over other wires; worked out anew only when a layer or a wire has moved. */
export function createWayfinder() {
  let key = '';
  let known: Ways = { lanes: new Map(), hops: noHops, forks: new Set(), clear: new Map() };
  return function ways(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[], isMoving: boolean): Ways {
    const next = `${isMoving ? '~' : ''}${nodes.map(({ id, position, height }) => `${id} ${position.x} ${position.y} ${height}`).join()};${edges.map(edgeKey).join()}`;
    if (next === key) return known;
    key = next;
    const forks = findForks(edges);
    const lanes = findLanes(edges, nodes, forks);
    // While layers move, the wires that they do not touch keep their hops: no wire is drawn anew for a neighbour's sake.
    const all = courses(edges, nodes, lanes, forks);
    known = { lanes, forks, hops: isMoving ? known.hops : findHops(all), clear: findClear(all, nodes, forks) };
    return known;
  };
}

function edgeKey({ id, from, to, route }: GraphEdge): string {
  return `${id} ${from.node} ${from.port} ${to.node} ${to.port} ${route?.lane ?? ''} ${route?.turn ?? ''}`;
}

function findForks(edges: readonly GraphEdge[]): ReadonlySet<EdgeId> {
  const counts = new Map<string, number>();
  const origin = ({ from }: GraphEdge) => `${from.node} ${from.port}`;
  for (const edge of edges) counts.set(origin(edge), (counts.get(origin(edge)) ?? 0) + 1);
  return new Set(edges.filter((edge) => (counts.get(origin(edge)) ?? 0) > 1).map(({ id }) => id));
}

/** A wire with its corners. */
interface Run {
  readonly edge: GraphEdge;
  readonly corners: readonly Position[];
}

function courses(
  edges: readonly GraphEdge[],
  nodes: readonly LayerFlowNode[],
  lanes: Ways['lanes'],
  forks: ReadonlySet<EdgeId>,
): readonly Run[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap((edge) => {
    const source = portPosition(byId.get(edge.from.node), edge.from.port, 'outputs');
    const target = portPosition(byId.get(edge.to.node), edge.to.port, 'inputs');
    if (!source || !target) return [];
    return [{ edge, corners: wireCorners(source, target, { lane: lanes.get(edge.id), route: edge.route, forks: forks.has(edge.id) }) }];
  });
}

function findHops(runs: readonly Run[]): Ways['hops'] {
  return findCrossings(runs.map(({ edge, corners }) => ({ id: edge.id, origin: `${edge.from.node} ${edge.from.port}`, corners })));
}

/** No label is wider. */
const WIDEST = 320;

function findClear(runs: readonly Run[], nodes: readonly LayerFlowNode[], forks: ReadonlySet<EdgeId>): Ways['clear'] {
  const boxes = nodes.map(boxOf).sort((a, b) => a.x - b.x);
  const clear = new Map<EdgeId, number>();
  for (const { edge, corners } of runs) {
    const { label } = labelPlace(corners, forks.has(edge.id));
    let width = WIDEST;
    for (const box of within(boxes, label.x - WIDEST / 2, label.x + WIDEST / 2)) {
      if (box.y > label.y + LABEL_HEIGHT / 2 || box.y + box.height < label.y - LABEL_HEIGHT / 2) continue;
      width = Math.min(width, 2 * Math.max(0, box.x - label.x, label.x - box.x - box.width));
    }
    if (width < WIDEST) clear.set(edge.id, width);
  }
  return clear;
}

function findLanes(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[], forks: ReadonlySet<EdgeId>): Map<EdgeId, number> {
  const byId = new Map<NodeId, LayerFlowNode>(nodes.map((node) => [node.id, node]));
  const boxes = nodes.map(boxOf).sort((a, b) => a.x - b.x);
  const lanes = new Map<EdgeId, number>();
  for (const edge of edges) {
    if (edge.route?.lane !== undefined) continue;
    const source = portPosition(byId.get(edge.from.node), edge.from.port, 'outputs');
    const target = portPosition(byId.get(edge.to.node), edge.to.port, 'inputs');
    if (!source || !target || (target.x - source.x < SHORT && target.x > source.x)) continue;
    const near = within(boxes, Math.min(source.x, target.x), Math.max(source.x, target.x));
    const lane = clearLane(source, target, near, forks.has(edge.id));
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
