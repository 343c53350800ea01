import { changesBetween } from '../graph/changes';
import type { FlowDirection } from '../graph/direction';
import type { EdgeId, GraphEdge, Position } from '../graph/graph';
import { boxOf, within } from './boxes';
import { ledCourse, reachWhenLed, sameCourse, type Around, type PlacedWire } from './courses';
import { createCrossings } from './crossings';
import { samePlace, type Box, type NodePlace, type PlacedNode } from './geometry';
import { createSpreader } from './spread';
import { sameMiddles } from './straighten';
import { createTurner } from './turner';
import { createTracks, type LookAgain, type Track, type Tracks } from './tracks';

/** The ways of all wires of a graph, as they are drawn. */
export interface Ways {
  /** Of every wire whose ends are there. */
  readonly courses: ReadonlyMap<EdgeId, PlacedWire>;
  readonly hops: ReadonlyMap<EdgeId, readonly Position[]>;
}

export const noWays: Ways = { courses: new Map(), hops: new Map() };

/** The ways of the wires of a graph that runs one way or the other; what is found is kept for the next time, as `createFinder` says. */
export function createWayfinder() {
  const finders: Partial<Record<FlowDirection, ReturnType<typeof createFinder>>> = {};
  const turner = createTurner();
  return function waysNow(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], isMoving: boolean, direction: FlowDirection): Ways {
    const finder = (finders[direction] ??= createFinder(direction));
    if (direction === 'right') return finder(edges, nodes, isMoving);
    return turner.ways(finder(edges, turner.nodes(nodes), isMoving));
  };
}

/**
 * Ways around layers and over other wires; worked out anew only when a layer or a wire has moved, and then only around it:
 * an edit of a large network costs what it changed, beside walks over its wires that compare. What comes out is what it would be
 * from nothing.
 *
 * In a drag the wires keep their distances and hops: no wire moves for a neighbour's sake. At its end what has changed is judged
 * from how all stood before it.
 */
function createFinder(direction: FlowDirection) {
  const tracksNow = createTracks(direction);
  const crossingsNow = createCrossings();
  let spreader = createSpreader(direction);
  let seen: Seen = { edges: [], nodes: [], isMoving: false };
  let isStale = false;
  let ways = noWays;
  let rested: readonly PlacedNode[] = [];
  /** Wires that are others since nothing was on its way last. */
  const pending = new Set<EdgeId>();
  return function waysNow(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], isMoving: boolean): Ways {
    const before = seen;
    if (before.isMoving === isMoving && sameList(before.edges, edges, Object.is) && sameList(before.nodes, nodes, standsAlike)) return ways;
    seen = { edges, nodes, isMoving };
    const found = tracksNow(edges, nodes, isMoving ? nothing : { around: changedBoxes(rested, nodes), again: pending });
    const tracks = { ...found, direction };
    for (const id of tracks.touched) pending.add(id);
    isStale ||= tracks.isReordered;
    const shown = new Set(tracks.touched);
    if (!isMoving) {
      rested = nodes;
      if (isStale) spreader = createSpreader(direction);
      isStale = false;
      for (const id of spread(spreader, tracks, pending)) shown.add(id);
      for (const id of shown) pending.add(id);
    }
    const courses = show(tracks, shown, ways.courses);
    const hops = isMoving ? ways.hops : crossingsNow(courses, pending);
    if (!isMoving) pending.clear();
    if (courses !== ways.courses || hops !== ways.hops) ways = { courses, hops };
    return ways;
  };
}

const nothing: LookAgain = { around: [], again: new Set() };

interface Seen {
  readonly edges: readonly GraphEdge[];
  readonly nodes: readonly PlacedNode[];
  readonly isMoving: boolean;
}

/** Leads the wires beside each other; returns those for which that is another height than before. */
function spread(
  spreader: ReturnType<typeof createSpreader>,
  { byId, boxes, direction }: Tracks & Around,
  touched: ReadonlySet<EdgeId>,
): ReadonlySet<EdgeId> {
  const changed = spreader.update(touched, (id) => byId.get(id)?.own, {
    boxesBetween: (left, right) => within(boxes, left, right),
    numberOf: (id) => byId.get(id)?.number ?? 0,
  });
  for (const id of [...touched, ...changed]) {
    const [track, led] = [byId.get(id), spreader.ledAt(id)];
    if (!track) continue;
    track.lane = led?.lane === track.own?.lane ? undefined : led?.lane;
    if (track.reach && led) track.reach = reachWhenLed(track.reach, led, direction);
  }
  return new Set([...touched, ...changed]);
}

/** The wires as they are drawn; the table of before where all are the same. */
function show({ byId, list, boxes, direction }: Tracks & Around, touched: ReadonlySet<EdgeId>, before: Ways['courses']): Ways['courses'] {
  let isSame = true;
  for (const id of touched) {
    const track = byId.get(id);
    const shown = track && shownOf(track, { direction, boxes });
    if (track) track.shown = shown;
    isSame &&= shown === before.get(id);
  }
  if (isSame) return before;
  const courses = new Map<EdgeId, PlacedWire>();
  for (const { edge, shown } of list) if (shown) courses.set(edge.id, shown);
  return courses;
}

function shownOf({ own, lane, shown }: Track, around: Around): PlacedWire | undefined {
  if (!own || own.lane === undefined || lane === undefined) return own;
  const led = ledCourse(own, lane, around);
  return shown && sameCourse(shown, led) ? shown : led;
}

/** The places that layers have come to or gone from. */
function changedBoxes(before: readonly PlacedNode[], now: readonly PlacedNode[]): readonly Box[] {
  const { came, gone } = changesBetween(before, now);
  const old = new Map(gone.map((node) => [node.id, node]));
  const stays = came.filter((node) => {
    const other = old.get(node.id);
    return other && samePlace(other.position, node.position) && other.data.height === node.data.height;
  });
  const same = new Set(stays.map(({ id }) => id));
  return [...gone, ...came].filter(({ id }) => !same.has(id)).map(boxOf);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!same(a[index] as T, b[index] as T)) return false;
  return true;
}

/** A layer that is only selected or named anew stands where it stood. */
function standsAlike(a: PlacedNode, b: PlacedNode): boolean {
  return a === b || (a.id === b.id && samePlace(a.position, b.position) && sameData(a.data, b.data));
}

function sameData(a: NodePlace, b: NodePlace): boolean {
  return a === b || (a.height === b.height && a.ports === b.ports && sameMiddles(a.middles, b.middles));
}
