import { changesBetween } from '../graph/changes';
import type { EdgeId, GraphEdge, NodeId } from '../graph/graph';
import { boxesAfter, type Boxes } from './boxes';
import { courseOf, reaches, sameCourse, type OwnCourse, type PlacedWire, type Reach } from './courses';
import { createForks, originOf } from './forks';
import type { Box, PlacedNode } from './geometry';

/** What is known of a wire. */
export interface Track {
  readonly edge: GraphEdge;
  readonly origin: string;
  /** Its place among all wires. */
  number: number;
  /** Its way by itself; undefined where an end or a port is missing. */
  own: OwnCourse | undefined;
  /** Where boxes decide about it. */
  reach: Reach | undefined;
  /** Height at which it is led beside others. */
  lane: number | undefined;
  shown: PlacedWire | undefined;
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
export function createTracks() {
  const byId = new Map<EdgeId, Track>();
  const nodesById = new Map<NodeId, PlacedNode>();
  const forks = createForks();
  let nodes: readonly PlacedNode[] = [];
  let edges: readonly GraphEdge[] = [];
  let boxes: Boxes = [];

  function placeNodes(now: readonly PlacedNode[]): ReadonlySet<NodeId> {
    const { came, gone } = changesBetween(nodes, now);
    nodes = now;
    for (const { id } of gone) nodesById.delete(id);
    for (const node of came) nodesById.set(node.id, node);
    boxes = boxesAfter(boxes, gone, came);
    return new Set([...gone, ...came].map(({ id }) => id));
  }

  function joinEdges(now: readonly GraphEdge[], touched: Set<EdgeId>): ReadonlySet<string> {
    const { came, gone } = changesBetween(edges, now);
    edges = now;
    for (const { id } of gone) {
      byId.delete(id);
      touched.add(id);
    }
    return forks.update(came, gone);
  }

  function find(track: Track): void {
    const { edge, origin } = track;
    const [from, to] = [nodesById.get(edge.from.node), nodesById.get(edge.to.node)];
    const found = from && to && courseOf(edge, [from, to], { isFork: forks.isFork(origin), origin, boxes });
    if (!found || !track.own || !sameCourse(track.own, found.course)) track.own = found?.course;
    track.reach = found?.reach;
  }

  return function tracksNow(edgesNow: readonly GraphEdge[], nodesNow: readonly PlacedNode[], { around, again }: LookAgain): Tracks {
    const touched = new Set<EdgeId>();
    const moved = placeNodes(nodesNow);
    const forked = joinEdges(edgesNow, touched);
    let [last, isReordered] = [-1, false];
    const list = edgesNow.map((edge, number): Track => {
      const track = byId.get(edge.id) ?? newTrack(edge);
      const isNew = track.number < 0;
      if (isNew) byId.set(edge.id, track);
      else isReordered ||= track.number < last;
      last = isNew ? last : track.number;
      track.number = number;
      if (isNew || concerns(track, { moved, forked, around, again })) {
        find(track);
        touched.add(edge.id);
      }
      return track;
    });
    if (isReordered) for (const { id } of edgesNow) touched.add(id);
    return { byId, boxes, list, touched, isReordered };
  };
}

function newTrack(edge: GraphEdge): Track {
  return { edge, origin: originOf(edge), number: -1, own: undefined, reach: undefined, lane: undefined, shown: undefined };
}

interface Changed extends LookAgain {
  readonly moved: ReadonlySet<NodeId>;
  readonly forked: ReadonlySet<string>;
}

function concerns({ edge, origin, reach }: Track, { moved, forked, around, again }: Changed): boolean {
  if (again.size > 0 && again.has(edge.id)) return true;
  if (moved.size > 0 && (moved.has(edge.from.node) || moved.has(edge.to.node))) return true;
  if (forked.size > 0 && forked.has(origin)) return true;
  if (reach) for (const box of around) if (reaches(reach, box)) return true;
  return false;
}
