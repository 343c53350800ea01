import { changesBetween } from '../graph/changes';
import type { FlowDirection } from '../graph/direction';
import type { EdgeId, GraphEdge, NodeId } from '../graph/graph';
import { boxesAfter, type Boxes } from './boxes';
import { courseOf, sameCourse, type OwnCourse, type PlacedWire } from './courses';
import { overlaps, type Box, type PlacedNode } from './geometry';
import { createGroups } from './groups';

/** What is known of a wire. */
export interface Track {
  readonly edge: GraphEdge;
  readonly origin: string;
  /** Its place among all wires. */
  number: number;
  /** Its way by itself; undefined where an end or a port is missing. */
  own: OwnCourse | undefined;
  /** Where boxes decide about it. */
  reach: Box | undefined;
  /** Height at which it is led beside others. */
  lane: number | undefined;
  shown: PlacedWire | undefined;
  isGone: boolean;
}

/** The wires of a graph, each by itself. */
export interface Tracks {
  readonly byId: ReadonlyMap<EdgeId, Track>;
  readonly boxes: Boxes;
  /** The wires in their order. */
  readonly list: readonly Track[];
  /** Wires that came, went, or may be others, since they were taken note of. */
  readonly touched: ReadonlySet<EdgeId>;
  /** Whether wires that stayed stand in another order: all of them are touched. */
  readonly isReordered: boolean;
}

/** What else is looked at again. */
export interface LookAgain {
  /** Boxes that came or went: old and new places of what has moved. */
  readonly around: readonly Box[];
  readonly again: ReadonlySet<EdgeId>;
}

/** Follows a graph: a wire is looked at again where it, one of its ends or a box within its reach is another one. */
export function createTracks(direction: FlowDirection) {
  const byId = new Map<EdgeId, Track>();
  const nodesById = new Map<NodeId, PlacedNode>();
  const atNode = createGroups<NodeId, Track>();
  const atOrigin = createGroups<string, Track>();
  let nodes: readonly PlacedNode[] = [];
  let edges: readonly GraphEdge[] = [];
  let list: readonly Track[] = [];
  let boxes: Boxes = [];

  /** Takes over which layers are there; the wires at those that are others. */
  function placeNodes(now: readonly PlacedNode[], found: Set<Track>): void {
    const { came, gone } = changesBetween(nodes, now);
    nodes = now;
    for (const { id } of gone) nodesById.delete(id);
    for (const node of came) nodesById.set(node.id, node);
    boxes = boxesAfter(boxes, gone, came);
    for (const { id } of [...gone, ...came]) for (const track of atNode.of(id)) found.add(track);
  }

  /** Takes over which wires are there; the new ones, and those that now begin with others, or no longer. */
  function joinEdges(now: readonly GraphEdge[], found: Set<Track>, touched: Set<EdgeId>): void {
    const { came, gone } = changesBetween(edges, now);
    edges = now;
    const origins = new Set([...gone, ...came].map(originOf));
    const wasFork = new Map([...origins].map((origin) => [origin, isFork(origin)]));
    for (const { id } of gone) {
      const track = byId.get(id);
      if (track) {
        put(track, 'remove');
        track.isGone = true;
      }
      byId.delete(id);
      touched.add(id);
    }
    for (const edge of came) {
      const track = newTrack(edge);
      byId.set(edge.id, track);
      put(track, 'add');
      found.add(track);
    }
    for (const origin of origins) if (isFork(origin) || wasFork.get(origin)) for (const track of atOrigin.of(origin)) found.add(track);
    list = tracksOf(now, list, byId);
  }

  function put(track: Track, how: 'add' | 'remove'): void {
    atOrigin[how](track.origin, track);
    for (const { node } of [track.edge.from, track.edge.to]) atNode[how](node, track);
  }

  const isFork = (origin: string) => atOrigin.of(origin).size > 1;

  /** Of several wires from one port to one layer all carry the same shape, and one says it. */
  function isTwin({ edge, origin }: Track): boolean {
    if (!isFork(origin)) return false;
    const rank = rankAt(nodesById.get(edge.to.node), edge.to.port, direction);
    for (const { edge: other } of atOrigin.of(origin))
      if (other.to.node === edge.to.node && rankAt(nodesById.get(other.to.node), other.to.port, direction) < rank) return true;
    return false;
  }

  function find(track: Track): void {
    const { edge, origin } = track;
    const [from, to] = [nodesById.get(edge.from.node), nodesById.get(edge.to.node)];
    const found = from && to && courseOf(edge, [from, to], { isFork: isFork(origin), isTwin: isTwin(track), origin, direction, boxes });
    if (!found || !track.own || !sameCourse(track.own, found.course)) track.own = found?.course;
    track.reach = found?.reach;
  }

  return function tracksNow(edgesNow: readonly GraphEdge[], nodesNow: readonly PlacedNode[], { around, again }: LookAgain): Tracks {
    const touched = new Set<EdgeId>();
    const found = new Set<Track>();
    joinEdges(edgesNow, found, touched);
    placeNodes(nodesNow, found);
    for (const id of again) {
      const track = byId.get(id);
      if (track) found.add(track);
    }
    if (around.length > 0) for (const track of list) if (isReached(track, around)) found.add(track);
    for (const track of found) {
      find(track);
      touched.add(track.edge.id);
    }
    const isReordered = numbered(list);
    if (isReordered) for (const { id } of edgesNow) touched.add(id);
    return { byId, boxes, list, touched, isReordered };
  };
}

/** To the right the input in the middle comes first, then the others in their order; down the outermost one, which has room beside it. */
function rankAt(node: PlacedNode | undefined, port: string, direction: FlowDirection): number {
  const index = node?.data.ports.inputs.findIndex(({ id }) => id === port) ?? -1;
  if (direction === 'down') return -index;
  return index === node?.data.middles?.inputs ? -1 : index;
}

/** The tracks of wires in their order; most are where they were. */
function tracksOf(edges: readonly GraphEdge[], before: readonly Track[], byId: ReadonlyMap<EdgeId, Track>): readonly Track[] {
  let at = 0;
  return edges.map((edge) => {
    while (before[at]?.isGone) at += 1;
    const track = before[at];
    if (track?.edge !== edge) return byId.get(edge.id) as Track;
    at += 1;
    return track;
  });
}

/** Gives each its number; whether some that had one before stand in another order now. */
function numbered(list: readonly Track[]): boolean {
  let [last, isReordered] = [-1, false];
  for (let index = 0; index < list.length; index += 1) {
    const track = list[index] as Track;
    if (track.number >= 0) {
      isReordered ||= track.number < last;
      last = track.number;
    }
    track.number = index;
  }
  return isReordered;
}

function isReached({ reach }: Track, around: readonly Box[]): boolean {
  if (reach) for (const box of around) if (overlaps(reach, box)) return true;
  return false;
}

function newTrack(edge: GraphEdge): Track {
  return { edge, origin: originOf(edge), number: -1, own: undefined, reach: undefined, lane: undefined, shown: undefined, isGone: false };
}

function originOf({ from }: GraphEdge): string {
  return `${from.node} ${from.port}`;
}
