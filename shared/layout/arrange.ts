import type { BlockDefinition } from '../document/document';
import { directionOf, turned, withDirection, type FlowDirection } from '../graph/direction';
import type { BlockId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { partOf } from '../graph/partOf';
import { boxOfAnnotation, insideFrame } from '../picture/frames';
import { turnedBox, type Box } from '../picture/geometry';
import { layOutAround } from './around';
import { framesAlong } from './framesAlong';
import { GRIDS, type Grid } from './grid';
import { layOut } from './layout';
import { placesClear } from './clear';
import { sizesIn } from './sizes';
import { placesOnCanvas, type Standing } from './standing';

type Blocks = Readonly<Record<BlockId, BlockDefinition>>;
type Places = ReadonlyMap<NodeId, Position>;

/** Places for all layers of a graph anew, along the way it runs; the uppermost and leftmost ones begin at 0. The graph itself is not changed. */
export function arranged(graph: Graph, blocks: Blocks): Places {
  const places = layOut({ nodes: standingIn(graph, blocks), edges: Object.values(graph.edges), grid: gridOf(graph) });
  return placesOnCanvas(places, directionOf(graph));
}

/**
 * Places for all layers that keep what stands well: layers that a person placed stay, the rest moves as little as it must, and
 * nothing comes to stand on notes or on frames that stay. Arranging what is arranged changes nothing.
 */
export function arrangedAround(graph: Graph, blocks: Blocks): Places {
  const obstacles = obstaclesIn(graph).map((box) => turnedBox(box, directionOf(graph)));
  const network = { nodes: standingIn(graph, blocks), edges: Object.values(graph.edges), obstacles, grid: gridOf(graph) };
  return placesOnCanvas(layOutAround(network), directionOf(graph));
}

/** Places for some layers among themselves, near to where they stand, where none of the others is in their way. */
export function arrangedAmong(graph: Graph, blocks: Blocks, ids: ReadonlySet<NodeId>): Places {
  const all = standingIn(graph, blocks);
  const part = all.filter(({ id }) => ids.has(id));
  const ideal = layOut({ nodes: part, edges: Object.values(partOf(graph, ids).edges), grid: gridOf(graph) });
  const others = all.filter(({ id }) => !ids.has(id));
  return placesOnCanvas(placesClear(part, ideal, others), directionOf(graph));
}

function gridOf(graph: Graph): Grid {
  return GRIDS[directionOf(graph)];
}

/** The layers by main and cross axis. */
function standingIn(graph: Graph, blocks: Blocks): readonly Standing[] {
  const sizeOf = sizesIn(graph, blocks);
  const direction = directionOf(graph);
  return Object.values(graph.nodes).map((node) => {
    const { width, height } = sizeOf(node);
    const size = direction === 'right' ? { length: width, height } : { length: height, height: width };
    return { id: node.id, ...size, place: turned(node.position, direction), isKept: node.placed === true };
  });
}

/** Frames in which all was placed by a person, and notes that lie in no frame. */
function obstaclesIn(graph: Graph): readonly Box[] {
  const all = Object.values(graph.annotations ?? {});
  const framed = new Set<string>();
  const boxes: Box[] = [];
  for (const frame of all.filter(({ kind }) => kind === 'frame')) {
    const { nodes, annotations } = insideFrame(graph, frame);
    for (const { id } of annotations) framed.add(id);
    if (nodes.length > 0 && nodes.every(isPlaced)) boxes.push(boxOfAnnotation(frame));
  }
  return [...boxes, ...all.filter(({ id, kind }) => kind === 'note' && !framed.has(id)).map(boxOfAnnotation)];
}

function isPlaced({ placed }: GraphNode): boolean {
  return placed === true;
}

/**
 * The graph as it runs this way: itself where it does, else with all layers in new places, where no person put them and no wire was led
 * by one, and frames and their notes along.
 */
export function runningTo(direction: FlowDirection, graph: Graph, blocks: Blocks): Graph {
  if (directionOf(graph) === direction) return graph;
  const other = withDirection(asNobodyPlaced(graph), direction);
  const places = arranged(other, blocks);
  const moved = framesAlong(other, blocks, places);
  const annotations = { ...graph.annotations, ...Object.fromEntries(moved.map((each) => [each.id, each])) };
  return { ...placedAt(other, places), ...(graph.annotations ? { annotations } : {}) };
}

function asNobodyPlaced(graph: Graph): Graph {
  return {
    ...graph,
    nodes: mapped(graph.nodes, ({ placed: _, ...node }) => node),
    edges: mapped(graph.edges, ({ route: _, ...edge }) => edge),
  };
}

function mapped<T>(table: Readonly<Record<string, T>>, change: (item: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(table).map(([id, item]) => [id, change(item)]));
}

/** The same graph with its layers in these places. */
export function placedAt(graph: Graph, places: Places): Graph {
  return {
    ...graph,
    nodes: Object.fromEntries(
      Object.values(graph.nodes).map((node) => [node.id, { ...node, position: places.get(node.id) ?? node.position }]),
    ),
  };
}
