import type { BlockDefinition, SkipDocument } from '../document/document';
import { directionOf, turned, type FlowDirection } from '../graph/direction';
import type { Graph, GraphEdge, GraphNode, Position } from '../graph/graph';
import { nothingTaken, portsOf } from '../graph/ports';
import { takenPorts } from '../graph/takenPorts';
import { analyze } from '../infer/analyze';
import { nodeSize, type Box, type PlacedNode } from '../picture/geometry';
import { createStraightener } from '../picture/straighten';
import { createWayfinder } from '../picture/wayfinding';

/** A network without blocks, as the expansion has it. */
export function flatGraphOf(document: SkipDocument): Graph {
  const { flat } = analyze(document);
  const nodes = [...flat.nodes.values()].map(({ path, name, type, params }): GraphNode => ({
    id: path,
    name,
    type,
    params,
    position: { x: 0, y: 0 },
  }));
  const edges = [...flat.incoming.values()].flat().map(({ from, to }, index): GraphEdge => ({ id: `e${index}`, from, to }));
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
}

/** The graphs of a document that has blocks, and what each one is, for `it.each`: as it is, without its blocks, and inside of each. */
export function graphsOf(document: SkipDocument): readonly (readonly [what: string, graph: Graph])[] {
  return [
    ['as it is', document.graph],
    ['with all blocks unpacked', flatGraphOf(document)],
    ...Object.values(document.blocks).map(({ name, graph }) => [`inside ${name}`, graph] as const),
  ];
}

/** The layers of a graph as they are drawn. */
export function placedIn(graph: Graph, blocks: Readonly<Record<string, BlockDefinition>>): readonly PlacedNode[] {
  const taken = takenPorts(graph);
  const direction = directionOf(graph);
  const placed = Object.values(graph.nodes).map((node): PlacedNode => {
    const ports = portsOf(node, blocks, taken.get(node.id) ?? nothingTaken);
    return { id: node.id, position: node.position, data: { ports, ...nodeSize(ports, direction) } };
  });
  return createStraightener()(placed, Object.values(graph.edges), direction);
}

/** What is wrong with how a graph is drawn, in words: layers on layers, wires through layers, wires on wires. */
export function drawingFaults(graph: Graph, blocks: Readonly<Record<string, BlockDefinition>>): readonly string[] {
  const direction = directionOf(graph);
  const placed = placedIn(graph, blocks);
  const boxes = placed.map(({ id, position, data }) => ({ id, ...position, width: data.width, height: data.height }));
  const courses = [...createWayfinder()(Object.values(graph.edges), placed, false, direction).courses.values()];
  return [
    ...layersOnLayers(boxes),
    ...courses.flatMap(({ id, corners }) => through(id, corners, boxes)),
    ...wiresOnWires(courses, direction),
  ];
}

type NamedBox = Box & { readonly id: string };

function layersOnLayers(boxes: readonly NamedBox[]): readonly string[] {
  const sorted = boxes.toSorted((a, b) => a.x - b.x);
  return sorted.flatMap((a, index) => {
    const faults: string[] = [];
    for (let other = index + 1; other < sorted.length; other += 1) {
      const b = sorted[other] as NamedBox;
      if (b.x >= a.x + a.width) break;
      if (a.y < b.y + b.height && b.y < a.y + a.height) faults.push(`${a.id} lies on ${b.id}`);
    }
    return faults;
  });
}

function through(id: string, corners: readonly Position[], boxes: readonly NamedBox[]): readonly string[] {
  return corners.slice(1).flatMap((to, index) => {
    const from = corners[index] as Position;
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return boxes
      .filter(({ x, y, width, height }) => left < x + width - 1 && right > x + 1 && top < y + height - 1 && bottom > y + 1)
      .map((box) => `${id} runs through ${box.id}`);
  });
}

interface Run {
  readonly id: string;
  readonly origin: string;
  readonly corners: readonly Position[];
}

/** Level pieces – in a graph that runs down, upright ones – of wires from different ports that lie on each other: nobody could tell which is which. */
function wiresOnWires(courses: readonly Run[], direction: FlowDirection): readonly string[] {
  const levels = courses.flatMap(({ id, origin, corners }) =>
    corners.slice(1).flatMap((end, index) => {
      const [from, to] = [turned(corners[index] as Position, direction), turned(end, direction)];
      return Math.abs(from.y - to.y) < 0.5 ? [{ id, origin, y: from.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x) }] : [];
    }),
  );
  const sorted = levels.sort((a, b) => a.y - b.y);
  return sorted.flatMap((a, index) => {
    const faults: string[] = [];
    for (let other = index + 1; other < sorted.length && (sorted[other] as typeof a).y - a.y < 4; other += 1) {
      const b = sorted[other] as typeof a;
      if (a.origin !== b.origin && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 20) faults.push(`${a.id} lies on ${b.id}`);
    }
    return faults;
  });
}
