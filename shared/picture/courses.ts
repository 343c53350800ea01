import { turned, type FlowDirection } from '../graph/direction';
import type { GraphEdge, Position } from '../graph/graph';
import { within, type Boxes } from './boxes';
import type { Course } from './crossings';
import { cornersAlong } from './corners';
import { boundsOfBoxes, boundsOfPoints, grown, portPlace, turnedBox, type Box, type PlacedNode } from './geometry';
import { labelPlace, labelRoom, WIDEST, type LabelRoom } from './labelPlace';
import { clearLane, type Lane } from './lanes';

/** A wire as it runs, with the rectangle around it. */
export interface PlacedWire extends Course, LabelRoom {
  readonly edge: GraphEdge;
  /** Height of its long piece where it goes around something or beside another wire. */
  readonly lane: number | undefined;
  /** Other wires begin at the same port. */
  readonly isFork: boolean;
}

/** The way of a wire by itself, before it is led beside others. */
export interface OwnCourse extends PlacedWire {
  readonly source: Position;
  readonly target: Position;
  /** The side on which its label stands where both have room. */
  readonly outwards: 1 | -1;
  readonly isTwin: boolean;
}

/** Wires shorter than a layer by this have none between their ends. */
const SHORTER = 22;
/** So far from its lane a wire heeds a box. */
const MARGIN = 32;

/** Which way the graph runs, and what is in it; the layers are turned, so that all is by main and cross axis. */
export interface Around {
  readonly direction: FlowDirection;
  readonly boxes: Boxes;
}

/** Where a wire begins, and what begins there, too. */
interface Beginning {
  readonly origin: string;
  readonly isFork: boolean;
  /** Another wire runs from there to the same layer, and says what both carry. */
  readonly isTwin: boolean;
}

/** The way of a wire, and the rectangle in which a box that comes or goes may change it; undefined where one of its ports is missing. */
export function courseOf(
  edge: GraphEdge,
  [from, to]: readonly [PlacedNode, PlacedNode],
  { isFork, isTwin, origin, direction, boxes }: Around & Beginning,
): { readonly course: OwnCourse; readonly reach: Box } | undefined {
  const source = portPosition(from, edge.from.port, 'outputs');
  const target = portPosition(to, edge.to.port, 'inputs');
  if (!source || !target) return undefined;
  const [left, right] = [Math.min(source.x, target.x), Math.max(source.x, target.x)];
  const isLed = edge.route?.lane !== undefined || (target.x - source.x < from.data.width - SHORTER && target.x > source.x);
  const way = isLed ? undefined : clearLane(source, target, within(boxes, left, right), { forks: isFork, direction });
  const corners = cornersAlong(source, target, { lane: way?.lane, route: edge.route, forks: isFork }, direction);
  const { label } = labelPlace(corners, isFork, direction);
  const outwards = outwardsOf(from, edge.from.port);
  const course = {
    ...{ id: edge.id, origin, corners, edge, source, target, lane: way?.lane, isFork },
    ...{ bounds: boundsOfPoints(corners), outwards, isTwin, ...roomFor(label, boxes, { outwards, isTwin }, direction) },
  };
  const decisive = [source, target, label, ...labelEnds(label, direction)];
  const heights = way ? [way.top, way.bottom].map((y) => ({ x: source.x, y })) : [];
  return { course, reach: grown(boundsOfPoints([...decisive, ...heights]), MARGIN) };
}

/** A wire led at another height beside others. */
export function ledCourse(course: OwnCourse, lane: number, { direction, boxes }: Around): PlacedWire {
  const { source, target, edge, isFork } = course;
  const corners = cornersAlong(source, target, { lane, route: edge.route, forks: isFork }, direction);
  const { label } = labelPlace(corners, isFork, direction);
  return { ...course, lane, corners, bounds: boundsOfPoints(corners), ...roomFor(label, boxes, course, direction) };
}

function roomFor(
  label: Position,
  boxes: Boxes,
  { outwards, isTwin }: Pick<OwnCourse, 'outwards' | 'isTwin'>,
  direction: FlowDirection,
): LabelRoom {
  const room = labelRoom(label, boxes, outwards, direction);
  return isTwin ? { ...room, clear: 0 } : room;
}

/** Of the first of several outputs the label stands on the side where no other wire is. */
function outwardsOf({ data }: PlacedNode, port: string): 1 | -1 {
  const { outputs } = data.ports;
  return outputs.findIndex(({ id }) => id === port) < (outputs.length - 1) / 2 ? -1 : 1;
}

/** How far the widest label could reach. */
function labelEnds(label: Position, direction: FlowDirection): readonly Position[] {
  return [-1, 1].map((end) =>
    direction === 'right' ? { x: label.x + (end * WIDEST) / 2, y: label.y } : { x: label.x, y: label.y + end * WIDEST },
  );
}

/** A wire on the canvas. */
export function turnedWire(
  { id, origin, edge, lane, isFork, clear, side, corners, bounds }: PlacedWire,
  direction: FlowDirection,
): PlacedWire {
  const ways = { corners: corners.map((corner) => turned(corner, direction)), bounds: turnedBox(bounds, direction) };
  return { id, origin, edge, lane, isFork, clear, side, ...ways };
}

/** The same rectangle for a wire that was led beside others. */
export function reachWhenLed(reach: Box, { top, bottom }: Lane, direction: FlowDirection): Box {
  // Where it runs down its label goes along, beside it.
  const margin = direction === 'right' ? MARGIN : WIDEST + MARGIN;
  return boundsOfBoxes([reach, { x: reach.x, y: top - margin, width: reach.width, height: bottom - top + 2 * margin }]);
}

/** Whether two ways are the same in all that is drawn of them. */
export function sameCourse(a: PlacedWire, b: PlacedWire): boolean {
  return (
    a.edge === b.edge &&
    a.lane === b.lane &&
    a.clear === b.clear &&
    a.side === b.side &&
    a.isFork === b.isFork &&
    a.corners.length === b.corners.length &&
    a.corners.every(({ x, y }, index) => x === b.corners[index]?.x && y === b.corners[index].y)
  );
}

/** Where a port stands: the layer is turned, and has its inputs at its beginning and its outputs at its end. */
function portPosition({ position, data }: PlacedNode, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  const index = data.ports[side].findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  const { x, y } = portPlace(data, side, index, 'right');
  return { x: position.x + x, y: position.y + y };
}
