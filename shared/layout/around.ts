import type { GraphEdge, NodeId, Position } from '../graph/graph';
import { boundsOfBoxes, samePlace, type Box } from '../picture/geometry';
import { flowOf, partsOf } from './flow';
import { isFree } from './freeRoom';
import type { Grid } from './grid';
import { inRows } from './heap';
import { placePart } from './partPlace';
import { layOut, skipsUnder } from './layout';
import { rowsOfPart } from './partRows';
import { boxAt, type Standing } from './standing';

export interface StandingNetwork {
  readonly nodes: readonly Standing[];
  readonly edges: readonly GraphEdge[];
  /** What else no layer may stand on: frames and notes that stay. */
  readonly obstacles: readonly Box[];
  readonly grid: Grid;
}

/** More layers than these that lie on something and are wired to nothing are a heap: they are put in rows, not each by itself. */
const HEAP = 24;
/** Each round starts from what the one before gave; the first one is the last but where much was in the way. */
const ROUNDS = 4;

/**
 * Places like those of `layOut` that keep as much as can be where it stands: layers that a person put somewhere stay, the others
 * stand in their rows around them, in the lines in which they are, and from where most of them are. Rows go down past what is in
 * their way, and apart where a kept layer stands wider in one. What it gave it gives again.
 */
export function layOutAround(network: StandingNetwork): ReadonlyMap<NodeId, Position> {
  let nodes = network.nodes;
  let places: ReadonlyMap<NodeId, Position> = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    places = onceAround({ ...network, nodes });
    const next = nodes.map((node) => ({ ...node, place: places.get(node.id) ?? node.place }));
    if (next.every(({ place }, index) => samePlace(place, (nodes[index] as Standing).place))) break;
    nodes = next;
  }
  return places;
}

function onceAround({ nodes, edges, obstacles, grid }: StandingNetwork): ReadonlyMap<NodeId, Position> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const inside = edges.filter(({ from, to }) => byId.has(from.node) && byId.has(to.node));
  const fixed = [...obstacles, ...nodes.filter(({ isKept }) => isKept).map((layer) => boxAt(layer.place, layer))];
  const places = new Map(nodes.map(({ id, place }) => [id, place]));
  const regions: Box[] = [];
  // What is small finds its place beside what is large.
  const parts = partsOf([...byId.keys()], inside).toSorted((a, b) => b.ids.length - a.ids.length);
  const crowded: Standing[] = [];
  for (const { ids, wires } of parts) {
    const members = ids.map((id) => byId.get(id) as Standing);
    const [first] = members;
    if (first && members.length === 1 && !first.isKept) {
      const box = boxAt(first.place, first);
      if (isFree(box, fixed) && isFree(box, regions)) regions.push(box);
      else crowded.push(first);
      continue;
    }
    const region = placePartAround({ members, wires, fixed, regions, grid }, places);
    if (region) regions.push(region);
  }
  if (crowded.length > HEAP) for (const [id, place] of inRows(crowded, [...fixed, ...regions], grid)) places.set(id, place);
  else for (const alone of crowded) regions.push(placePartAround({ members: [alone], wires: [], fixed, regions, grid }, places) as Box);
  return places;
}

interface Part {
  readonly members: readonly Standing[];
  readonly wires: readonly GraphEdge[];
  readonly fixed: readonly Box[];
  /** Where other parts stand. */
  readonly regions: readonly Box[];
  readonly grid: Grid;
}

/** Places what may move of one part; gives where it stands, with the room that its wires take under it. */
function placePartAround({ members, wires, fixed, regions, grid }: Part, places: Map<NodeId, Position>): Box | undefined {
  const loose = members.filter(({ isKept }) => !isKept);
  if (loose.length === 0) return undefined;
  const near = new Map(members.map((layer) => [layer.id, layer]));
  const ideal = layOut({ nodes: members, edges: wires, near, grid });
  const rows = rowsOfPart(members, ideal, grid);
  const { places: found } = placePart({ members, loose, wires, ideal, rows, fixed, regions, grid });
  for (const [id, place] of found) places.set(id, place);
  const { height, ...box } = boundsOfBoxes(loose.map((layer) => boxAt(found.get(layer.id) as Position, layer)));
  const lastLine = rows.filter(({ line }) => line === rows.at(-1)?.line).flatMap(({ layers }) => layers.map(({ id }) => id));
  const flow = flowOf([...near.keys()], wires);
  return { ...box, height: height + skipsUnder(flow, lastLine) * grid.lane };
}
