import type { BlockDefinition } from '../../shared/document/document';
import { directionOf, type FlowDirection } from '../../shared/graph/direction';
import type { BlockId, EdgeId, Graph, GraphEdge, NodeId, Position } from '../../shared/graph/graph';
import { edgesOf } from '../../shared/graph/lists';
import { boundsOfBoxes, boxOfLayer, type Box, type PlacedNode } from '../../shared/picture/geometry';
import { boxOfAnnotation } from '../../shared/picture/frames';
import type { PlacedWire } from '../../shared/picture/courses';
import { createStraightener } from '../../shared/picture/straighten';
import { createWayfinder, noWays, type Ways } from '../../shared/picture/wayfinding';
import type { Positions } from './drag';
import { createPlacer } from './placing';

/** Where everything of a graph is: no colour, no text, no problem. Another object only where something has moved, come or gone. */
export interface Scene {
  readonly layers: readonly PlacedNode[];
  readonly byId: ReadonlyMap<NodeId, PlacedNode>;
  readonly edges: readonly GraphEdge[];
  readonly ways: Ways;
  readonly direction: FlowDirection;
}

export const emptyScene: Scene = {
  layers: [],
  byId: new Map(),
  edges: [],
  ways: noWays,
  direction: 'right',
};

/** Makes scenes, each from the one before: an edit that moves nothing costs a comparison. */
export function createScenery() {
  const place = createPlacer();
  const straighten = createStraightener();
  const findWays = createWayfinder();
  let scene = emptyScene;
  return function sceneOf(graph: Graph, blocks: Readonly<Record<BlockId, BlockDefinition>>, inFlight: Positions): Scene {
    const edges = edgesOf(graph);
    const direction = directionOf(graph);
    const layers = straighten(place(graph, blocks, inFlight), edges, direction);
    const ways = findWays(edges, layers, inFlight.size > 0, direction);
    const isSame = layers === scene.layers && edges === scene.edges && ways === scene.ways && direction === scene.direction;
    if (isSame) return scene;
    const byId = layers === scene.layers ? scene.byId : tableOf(layers);
    scene = { layers, byId, edges, ways, direction };
    return scene;
  };
}

function tableOf(layers: readonly PlacedNode[]): ReadonlyMap<NodeId, PlacedNode> {
  const table = new Map<NodeId, PlacedNode>();
  for (const layer of layers) table.set(layer.id, layer);
  return table;
}

/** The rectangle around everything, or around the chosen layers; undefined where there is nothing. */
export function boundsOf({ layers, byId }: Scene, annotations: Graph['annotations'], only?: Iterable<NodeId>): Box | undefined {
  const chosen = only === undefined ? layers : [...only].flatMap((id) => byId.get(id) ?? []);
  const boxes = [...chosen.map(boxOfLayer), ...(only === undefined ? Object.values(annotations ?? {}).map(boxOfAnnotation) : [])];
  return boxes.length === 0 ? undefined : boundsOfBoxes(boxes);
}

/** Layers, frames and notes that a rectangle touches, and the wires at those layers: what a box selects. */
export function touchedBy(box: Box, { layers, edges }: Scene, annotations: Graph['annotations']) {
  const touches = (other: Box) =>
    box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height;
  const nodes = new Set(layers.filter((layer) => touches(boxOfLayer(layer))).map(({ id }) => id));
  return {
    nodes,
    edges: edges.filter(({ from, to }) => nodes.has(from.node) || nodes.has(to.node)).map(({ id }) => id),
    annotations: Object.values(annotations ?? {})
      .filter((annotation) => touches(boxOfAnnotation(annotation)))
      .map(({ id }) => id),
  };
}

/** What lies under a point of the graph: the layer that is drawn last there, else a wire within reach. */
export type Hit = { readonly kind: 'layer'; readonly node: NodeId } | { readonly kind: 'wire'; readonly edge: EdgeId };

export function hitAt({ x, y }: Position, { layers, ways }: Scene, reach: number): Hit | undefined {
  const layer = layers.findLast(
    ({ position, data }) => x >= position.x && x <= position.x + data.width && y >= position.y && y <= position.y + data.height,
  );
  if (layer) return { kind: 'layer', node: layer.id };
  let best: PlacedWire | undefined;
  let least = reach;
  for (const wire of ways.courses.values()) {
    if (!isNear(wire.bounds, x, y, least)) continue;
    const distance = distanceTo(wire.corners, x, y);
    if (distance > least) continue;
    best = wire;
    least = distance;
  }
  return best && { kind: 'wire', edge: best.id };
}

function isNear(box: Box, x: number, y: number, reach: number): boolean {
  return x >= box.x - reach && x <= box.x + box.width + reach && y >= box.y - reach && y <= box.y + box.height + reach;
}

/** Wires run level or upright: the distance to a piece is that to a thin rectangle. */
function distanceTo(corners: readonly Position[], x: number, y: number): number {
  let least = Infinity;
  for (let index = 1; index < corners.length; index += 1) {
    const [a, b] = [corners[index - 1] as Position, corners[index] as Position];
    const across = Math.max(Math.min(a.x, b.x) - x, 0, x - Math.max(a.x, b.x));
    const down = Math.max(Math.min(a.y, b.y) - y, 0, y - Math.max(a.y, b.y));
    least = Math.min(least, Math.hypot(across, down));
  }
  return least;
}
