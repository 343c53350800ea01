import type { EdgeId, GraphEdge, NodeId, Position } from '../graph/graph';
import { findCrossings, type Course } from './crossings';
import { boundsOfPoints, NODE_WIDTH, portOffset, type Box, type PlacedNode } from './geometry';
import { spreadLanes } from './spread';
import { clearLane, labelPlace, LABEL_HEIGHT, wireCorners } from './wirePath';

/** The ways of all wires of a graph, as they are drawn. */
export interface Ways {
  /** Of every wire whose ends are there. */
  readonly courses: ReadonlyMap<EdgeId, PlacedWire>;
  readonly lanes: ReadonlyMap<EdgeId, number>;
  readonly hops: ReadonlyMap<EdgeId, readonly Position[]>;
  /** Wires that share the port where they begin with others. */
  readonly forks: ReadonlySet<EdgeId>;
  /** How wide a wire's label may be before it lies on a layer, where one is near. */
  readonly clear: ReadonlyMap<EdgeId, number>;
}

/** A wire as it runs, with the rectangle around it. */
export interface PlacedWire extends Course {
  readonly edge: GraphEdge;
  readonly bounds: Box;
}

/** Wires shorter than this have no layer between their ends. */
const SHORT = 130;
const noHops: Ways['hops'] = new Map();

/**
 * Ways around layers and over other wires; worked out anew only when a layer or a wire has moved, and then only around it:
 * an edit of a large network costs what it changed.
 */
export function createWayfinder() {
  let seen: Seen | null = null;
  let courses: ReadonlyMap<EdgeId, KnownCourse> = new Map();
  let known: Ways & Spread = { courses, spread: new Map(), lanes: new Map(), hops: noHops, forks: new Set(), clear: new Map() };
  let boxes: readonly Box[] = [];
  return function ways(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], isMoving: boolean): Ways {
    const areSameEdges = seen !== null && sameList(seen.edges, edges, Object.is);
    const isSame = areSameEdges && seen?.isMoving === isMoving && sameList(seen.nodes, nodes, standsAlike);
    seen = { edges, nodes, isMoving };
    if (isSame) return known;
    const now = nodes.map(boxOf).sort((a, b) => a.x - b.x);
    const forks = areSameEdges ? known.forks : findForks(edges);
    courses = findCourses(edges, nodes, { courses, changed: isMoving ? [] : changedBoxes(boxes, now), boxes: now, forks });
    // While layers move, the wires that they do not touch keep their ways and hops: no wire is drawn anew for a neighbour's
    // sake. What has changed is judged from how all stood before the move.
    if (!isMoving) boxes = now;
    // In a drag the wires keep their distances: no wire moves for a neighbour's sake.
    const shown = isMoving ? withLanes(courses, known.spread, now) : spread(courses, now);
    const hops = isMoving ? known.hops : findCrossings([...shown.courses.values()]);
    known = { ...shown, forks, hops, lanes: those(shown.courses, 'lane'), clear: those(shown.courses, 'clear') };
    return known;
  };
}

interface Seen {
  readonly edges: readonly GraphEdge[];
  readonly nodes: readonly PlacedNode[];
  readonly isMoving: boolean;
}

/** The way of a wire, and all that it was worked out from but the boxes around it. */
interface KnownCourse extends PlacedWire {
  readonly source: Position;
  readonly target: Position;
  readonly isFork: boolean;
  readonly lane: number | undefined;
  readonly clear: number | undefined;
  /** Boxes that begin between these places decide about it. */
  readonly from: number;
  readonly to: number;
}

interface Before {
  readonly courses: ReadonlyMap<EdgeId, KnownCourse>;
  /** Boxes that came or went. */
  readonly changed: readonly Box[];
  readonly boxes: readonly Box[];
  readonly forks: ReadonlySet<EdgeId>;
}

function those(courses: ReadonlyMap<EdgeId, KnownCourse>, part: 'lane' | 'clear'): ReadonlyMap<EdgeId, number> {
  const found = new Map<EdgeId, number>();
  for (const [id, { [part]: value }] of courses) if (value !== undefined) found.set(id, value);
  return found;
}

function findForks(edges: readonly GraphEdge[]): ReadonlySet<EdgeId> {
  const counts = new Map<string, number>();
  const origin = ({ from }: GraphEdge) => `${from.node} ${from.port}`;
  for (const edge of edges) counts.set(origin(edge), (counts.get(origin(edge)) ?? 0) + 1);
  return new Set(edges.filter((edge) => (counts.get(origin(edge)) ?? 0) > 1).map(({ id }) => id));
}

function findCourses(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], before: Before): Map<EdgeId, KnownCourse> {
  const byId = new Map<NodeId, PlacedNode>(nodes.map((node) => [node.id, node]));
  const courses = new Map<EdgeId, KnownCourse>();
  for (const edge of edges) {
    const source = portPosition(byId.get(edge.from.node), edge.from.port, 'outputs');
    const target = portPosition(byId.get(edge.to.node), edge.to.port, 'inputs');
    if (source && target) courses.set(edge.id, courseOf(edge, source, target, before));
  }
  return courses;
}

/** As it was, where neither its ends nor a box near it is another one. */
function courseOf(edge: GraphEdge, source: Position, target: Position, { courses, changed, boxes, forks }: Before): KnownCourse {
  const isFork = forks.has(edge.id);
  const old = courses.get(edge.id);
  const isUntouched = old?.edge === edge && old.isFork === isFork && samePlace(old.source, source) && samePlace(old.target, target);
  if (isUntouched && !changed.some(({ x }) => x >= old.from && x < old.to)) return old;
  const [left, right] = [Math.min(source.x, target.x), Math.max(source.x, target.x)];
  const isLed = edge.route?.lane !== undefined || (target.x - source.x < SHORT && target.x > source.x);
  const lane = isLed ? undefined : clearLane(source, target, within(boxes, left, right), isFork);
  const corners = wireCorners(source, target, { lane, route: edge.route, forks: isFork });
  const { label } = labelPlace(corners, isFork);
  return {
    ...{ id: edge.id, origin: `${edge.from.node} ${edge.from.port}`, corners, edge, source, target, isFork, lane },
    bounds: boundsOfPoints(corners),
    clear: clearAround(label, boxes),
    from: Math.min(left, label.x - WIDEST / 2) - NODE_WIDTH,
    to: Math.max(right, label.x + WIDEST / 2),
  };
}

interface Spread {
  readonly courses: ReadonlyMap<EdgeId, KnownCourse>;
  /** Heights of those wires that are led beside others. */
  readonly spread: ReadonlyMap<EdgeId, number>;
}

/** Wires that would lie on each other run beside each other. */
function spread(courses: ReadonlyMap<EdgeId, KnownCourse>, boxes: readonly Box[]): Spread {
  const wires = [...courses.values()].map((course) => (course.edge.route?.lane === undefined ? course : { ...course, lane: undefined }));
  return withLanes(
    courses,
    spreadLanes(wires, (left, right) => within(boxes, left, right)),
    boxes,
  );
}

function withLanes(courses: ReadonlyMap<EdgeId, KnownCourse>, lanes: ReadonlyMap<EdgeId, number>, boxes: readonly Box[]): Spread {
  if (lanes.size === 0) return { courses, spread: lanes };
  const led = [...courses].map(([id, course]): [EdgeId, KnownCourse] => {
    const lane = lanes.get(id);
    return [id, lane === undefined || course.lane === undefined ? course : ledCourse(course, lane, boxes)];
  });
  return { courses: new Map(led), spread: lanes };
}

/** The last one of each course: what is led alike is the same object, and drawn but once. */
const ledCourses = new WeakMap<KnownCourse, KnownCourse>();

function ledCourse(course: KnownCourse, lane: number, boxes: readonly Box[]): KnownCourse {
  const known = ledCourses.get(course);
  if (known?.lane === lane) return known;
  const { source, target, edge, isFork } = course;
  const corners = wireCorners(source, target, { lane, route: edge.route, forks: isFork });
  const { label } = labelPlace(corners, isFork);
  const led = { ...course, lane, corners, bounds: boundsOfPoints(corners), clear: clearAround(label, boxes) };
  ledCourses.set(course, led);
  return led;
}

/** No label is wider. */
const WIDEST = 320;

/** How wide a label may be here, where a box is near. */
function clearAround(label: Position, boxes: readonly Box[]): number | undefined {
  let width = WIDEST;
  for (const box of within(boxes, label.x - WIDEST / 2, label.x + WIDEST / 2)) {
    if (box.y > label.y + LABEL_HEIGHT / 2 || box.y + box.height < label.y - LABEL_HEIGHT / 2) continue;
    width = Math.min(width, 2 * Math.max(0, box.x - label.x, label.x - box.x - box.width));
  }
  return width < WIDEST ? width : undefined;
}

function changedBoxes(before: readonly Box[], now: readonly Box[]): readonly Box[] {
  const key = ({ x, y, height }: Box) => `${x} ${y} ${height}`;
  const [old, own] = [new Map(before.map((box) => [key(box), box])), new Map(now.map((box) => [key(box), box]))];
  return [...[...old].filter(([at]) => !own.has(at)), ...[...own].filter(([at]) => !old.has(at))].map(([, box]) => box);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => same(item, b[index] as T)));
}

/** A layer that is only selected or named anew stands where it stood. */
function standsAlike(a: PlacedNode, b: PlacedNode): boolean {
  return (
    a === b || (a.id === b.id && samePlace(a.position, b.position) && a.data.height === b.data.height && a.data.ports === b.data.ports)
  );
}

function samePlace(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

function boxOf({ position, data }: PlacedNode): Box {
  return { ...position, width: NODE_WIDTH, height: data.height };
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
function portPosition(node: PlacedNode | undefined, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  if (!node) return undefined;
  const ports = node.data.ports[side];
  const index = ports.findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  return { x: node.position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: node.position.y + portOffset(ports, index, node.data.height) };
}
