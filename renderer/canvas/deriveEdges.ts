import type { EdgeId, GraphEdge, NodeId, Position } from '../../shared/graph/graph';
import { formatShape, type TensorType } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { pathIn, type CurrentGraph } from '../state/session';
import type { LayerFlowNode, Tint, WireFlowEdge } from './flowTypes';
import { NODE_WIDTH, portOffset, type Box } from './geometry';
import { clearLane } from './wirePath';

interface Ingredients {
  readonly edge: GraphEdge;
  readonly type: TensorType | undefined;
  readonly lane: number | undefined;
  readonly selected: boolean;
  readonly tint: Tint | undefined;
}

export interface EdgeInputs {
  readonly analysis: NetworkAnalysis;
  readonly current: CurrentGraph;
  readonly selected: ReadonlySet<EdgeId>;
  readonly tints: ReadonlyMap<string, Tint>;
  readonly nodes: readonly LayerFlowNode[];
}

/** Makes React Flow's edges; keeps the object of every wire of which nothing changed. */
export function createEdgeDeriver() {
  let before = new Map<EdgeId, { readonly made: WireFlowEdge; readonly from: Ingredients }>();
  let list: WireFlowEdge[] = [];
  const lanes = createLanes();
  return function derive({ analysis, current, selected, tints, nodes }: EdgeInputs): WireFlowEdge[] {
    const laneOf = lanes(Object.values(current.graph.edges), nodes);
    const now: typeof before = new Map();
    const edges = Object.values(current.graph.edges).map((edge) => {
      const from: Ingredients = {
        edge,
        type: analysis.nodes.get(pathIn(current.prefix, edge.from.node))?.outputs[edge.from.port],
        lane: laneOf.get(edge.id),
        selected: selected.has(edge.id),
        tint: tints.get(pathIn(current.prefix, edge.id)),
      };
      const old = before.get(edge.id);
      const made = old && sameIngredients(old.from, from) ? old.made : makeEdge(from);
      now.set(edge.id, { made, from });
      return made;
    });
    before = now;
    if (edges.length !== list.length || edges.some((edge, index) => edge !== list[index])) list = edges;
    return list;
  };
}

function sameIngredients(a: Ingredients, b: Ingredients): boolean {
  return a.edge === b.edge && a.type === b.type && a.lane === b.lane && a.selected === b.selected && a.tint === b.tint;
}

function makeEdge({ edge, type, lane, selected, tint }: Ingredients): WireFlowEdge {
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
    data: { shape: type ? formatShape(type.shape) : '', lane, tint },
    selected,
    ...(tint ? { zIndex: 1 } : {}),
  };
}

/** Wires shorter than this have no layer between their ends. */
const SHORT = 130;

/** Lanes of the wires that must go around layers; worked out anew only when a layer or a wire has moved. */
function createLanes() {
  let key = '';
  let known: ReadonlyMap<EdgeId, number> = new Map();
  return function lanes(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[]): ReadonlyMap<EdgeId, number> {
    const next = `${nodes.map(({ id, position, height }) => `${id} ${position.x} ${position.y} ${height}`).join()};${edges.map(({ id, from, to }) => `${id} ${from.node} ${from.port} ${to.node} ${to.port}`).join()}`;
    if (next === key) return known;
    key = next;
    known = findLanes(edges, nodes);
    return known;
  };
}

function findLanes(edges: readonly GraphEdge[], nodes: readonly LayerFlowNode[]): Map<EdgeId, number> {
  const byId = new Map<NodeId, LayerFlowNode>(nodes.map((node) => [node.id, node]));
  const boxes = nodes.map(boxOf).sort((a, b) => a.x - b.x);
  const lanes = new Map<EdgeId, number>();
  for (const edge of edges) {
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

/** Of the boxes sorted by x, those that may reach between two heights; found by halving, not by looking at all. */
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

function portPosition(node: LayerFlowNode | undefined, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  if (!node) return undefined;
  const ports = node.data.ports[side];
  const index = ports.findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  return { x: node.position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: node.position.y + portOffset(ports, index, node.data.height) };
}
