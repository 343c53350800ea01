import type { EdgeId, GraphEdge, NodeId, Position } from '../graph/graph';
import { createCrossings, type Course } from './crossings';
import { boundsOfPoints, boxOfLayer, NODE_WIDTH, portOffset, type Box, type PlacedNode } from './geometry';
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
  const findCrossings = createCrossings();
  let courses: ReadonlyMap<EdgeId, KnownCourse> = new Map();
  let known: Ways & Spread = { courses, spread: new Map(), lanes: new Map(), hops: noHops, forks: new Set(), clear: new Map() };
  /** How all stood when nothing was on its way last. */
  let rested: readonly PlacedNode[] = [];
  return function ways(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], isMoving: boolean): Ways {
    const areSameEdges = seen !== null && sameList(seen.edges, edges, Object.is);
    const isSame = areSameEdges && seen?.isMoving === isMoving && sameList(seen.nodes, nodes, standsAlike);
    seen = { edges, nodes, isMoving };
    if (isSame) return known;
    const now = nodes.map(boxOf).sort((a, b) => a.x - b.x);
    const forks = areSameEdges ? known.forks : findForks(edges);
    courses = findCourses(edges, nodes, { courses, changed: isMoving ? [] : changedBoxes(rested, nodes), boxes: now, forks });
    // While layers move, the wires that they do not touch keep their ways and hops: no wire is drawn anew for a neighbour's
    // sake. What has changed is judged from how all stood before the move.
    if (!isMoving) rested = nodes;
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
  /** The layers that it joins, as they stood. */
  readonly ends: readonly [PlacedNode, PlacedNode];
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
  const first = new Map<string, EdgeId>();
  const forks = new Set<EdgeId>();
  for (const edge of edges) {
    const origin = originOf(edge);
    const other = first.get(origin);
    if (other === undefined) first.set(origin, edge.id);
    else forks.add(other).add(edge.id);
  }
  return forks;
}

/** Of a thousand wires an edit changes a few: the words for all others are there. */
const origins = new WeakMap<GraphEdge, string>();

function originOf(edge: GraphEdge): string {
  const known = origins.get(edge);
  if (known !== undefined) return known;
  const origin = `${edge.from.node} ${edge.from.port}`;
  origins.set(edge, origin);
  return origin;
}

function findCourses(edges: readonly GraphEdge[], nodes: readonly PlacedNode[], before: Before): Map<EdgeId, KnownCourse> {
  const byId = new Map<NodeId, PlacedNode>(nodes.map((node) => [node.id, node]));
  const courses = new Map<EdgeId, KnownCourse>();
  for (const edge of edges) {
    const [from, to] = [byId.get(edge.from.node), byId.get(edge.to.node)];
    const course = from && to && courseOf(edge, from, to, before);
    if (course) courses.set(edge.id, course);
  }
  return courses;
}

/** As it was, where neither its ends nor a box near it is another one; undefined where one of its ports is missing. */
function courseOf(edge: GraphEdge, from: PlacedNode, to: PlacedNode, before: Before): KnownCourse | undefined {
  const isFork = before.forks.has(edge.id);
  const old = before.courses.get(edge.id);
  const isSame = old?.edge === edge && old.isFork === isFork && !before.changed.some(({ x }) => x >= old.from && x < old.to);
  if (isSame && old.ends[0] === from && old.ends[1] === to) return old;
  const source = portPosition(from, edge.from.port, 'outputs');
  const target = portPosition(to, edge.to.port, 'inputs');
  if (!source || !target) return undefined;
  if (isSame && samePlace(old.source, source) && samePlace(old.target, target)) return old;
  return newCourse(edge, { source, target, isFork, ends: [from, to] }, before.boxes);
}

function newCourse(edge: GraphEdge, ends: Pick<KnownCourse, 'source' | 'target' | 'isFork' | 'ends'>, boxes: readonly Box[]): KnownCourse {
  const { source, target, isFork } = ends;
  const [left, right] = [Math.min(source.x, target.x), Math.max(source.x, target.x)];
  const isLed = edge.route?.lane !== undefined || (target.x - source.x < SHORT && target.x > source.x);
  const lane = isLed ? undefined : clearLane(source, target, within(boxes, left, right), isFork);
  const corners = wireCorners(source, target, { lane, route: edge.route, forks: isFork });
  const { label } = labelPlace(corners, isFork);
  return {
    ...{ ...ends, id: edge.id, origin: originOf(edge), corners, edge, lane },
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

/** The places that layers have come to or gone from. */
function changedBoxes(before: readonly PlacedNode[], now: readonly PlacedNode[]): readonly Box[] {
  const old = new Map(before.map((node) => [node.id, node]));
  const changed: Box[] = [];
  for (const node of now) {
    const other = old.get(node.id);
    old.delete(node.id);
    if (other === node || (other && samePlace(other.position, node.position) && other.data.height === node.data.height)) continue;
    changed.push(boxOf(node));
    if (other) changed.push(boxOf(other));
  }
  return [...changed, ...[...old.values()].map(boxOf)];
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

const boxes = new WeakMap<PlacedNode, Box>();

function boxOf(node: PlacedNode): Box {
  const known = boxes.get(node);
  if (known) return known;
  const box = boxOfLayer(node);
  boxes.set(node, box);
  return box;
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
function portPosition(node: PlacedNode, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  const ports = node.data.ports[side];
  const index = ports.findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  return { x: node.position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: node.position.y + portOffset(ports, index, node.data.height) };
}
