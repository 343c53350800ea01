import type { GraphEdge, Position } from '../graph/graph';
import { within, type Boxes } from './boxes';
import type { Course } from './crossings';
import { boundsOfBoxes, boundsOfPoints, grown, NODE_WIDTH, portOffset, type Box, type PlacedNode } from './geometry';
import { clearLane, labelPlace, LABEL_HEIGHT, wireCorners, type Lane } from './wirePath';

/** A wire as it runs, with the rectangle around it. */
export interface PlacedWire extends Course {
  readonly edge: GraphEdge;
  /** Height of its long piece where it goes around something or beside another wire. */
  readonly lane: number | undefined;
  /** Other wires begin at the same port. */
  readonly isFork: boolean;
  /** How wide its label may be before it lies on a layer, where one is near. */
  readonly clear: number | undefined;
}

/** The way of a wire by itself, before it is led beside others. */
export interface OwnCourse extends PlacedWire {
  readonly source: Position;
  readonly target: Position;
}

/** Wires shorter than this have no layer between their ends. */
const SHORT = 130;
/** No label is wider. */
const WIDEST = 320;
/** So far from its lane a wire heeds a box. */
const MARGIN = 32;

/** The way of a wire, and the rectangle in which a box that comes or goes may change it; undefined where one of its ports is missing. */
export function courseOf(
  edge: GraphEdge,
  [from, to]: readonly [PlacedNode, PlacedNode],
  { isFork, origin, boxes }: { readonly isFork: boolean; readonly origin: string; readonly boxes: Boxes },
): { readonly course: OwnCourse; readonly reach: Box } | undefined {
  const source = portPosition(from, edge.from.port, 'outputs');
  const target = portPosition(to, edge.to.port, 'inputs');
  if (!source || !target) return undefined;
  const [left, right] = [Math.min(source.x, target.x), Math.max(source.x, target.x)];
  const isLed = edge.route?.lane !== undefined || (target.x - source.x < SHORT && target.x > source.x);
  const way = isLed ? undefined : clearLane(source, target, within(boxes, left, right), isFork);
  const corners = wireCorners(source, target, { lane: way?.lane, route: edge.route, forks: isFork });
  const { label } = labelPlace(corners, isFork);
  const course = {
    ...{ id: edge.id, origin, corners, edge, source, target, lane: way?.lane, isFork },
    ...{ bounds: boundsOfPoints(corners), clear: clearAround(label, boxes) },
  };
  const decisive = [source, target, label, { x: label.x - WIDEST / 2, y: label.y }, { x: label.x + WIDEST / 2, y: label.y }];
  const heights = way ? [way.top, way.bottom].map((y) => ({ x: source.x, y })) : [];
  return { course, reach: grown(boundsOfPoints([...decisive, ...heights]), MARGIN) };
}

/** A wire led at another height beside others. */
export function ledCourse(course: OwnCourse, lane: number, boxes: Boxes): PlacedWire {
  const { source, target, edge, isFork } = course;
  const corners = wireCorners(source, target, { lane, route: edge.route, forks: isFork });
  const { label } = labelPlace(corners, isFork);
  return { ...course, lane, corners, bounds: boundsOfPoints(corners), clear: clearAround(label, boxes) };
}

/** The same rectangle for a wire that was led beside others. */
export function reachWhenLed(reach: Box, { top, bottom }: Lane): Box {
  return boundsOfBoxes([reach, { x: reach.x, y: top - MARGIN, width: reach.width, height: bottom - top + 2 * MARGIN }]);
}

/** Whether two ways are the same in all that is drawn of them. */
export function sameCourse(a: PlacedWire, b: PlacedWire): boolean {
  return (
    a.edge === b.edge &&
    a.lane === b.lane &&
    a.clear === b.clear &&
    a.isFork === b.isFork &&
    a.corners.length === b.corners.length &&
    a.corners.every(({ x, y }, index) => x === b.corners[index]?.x && y === b.corners[index].y)
  );
}

/** How wide a label may be here, where a box is near. */
function clearAround(label: Position, boxes: Boxes): number | undefined {
  let width = WIDEST;
  for (const box of within(boxes, label.x - WIDEST / 2, label.x + WIDEST / 2)) {
    if (box.y > label.y + LABEL_HEIGHT / 2 || box.y + box.height < label.y - LABEL_HEIGHT / 2) continue;
    width = Math.min(width, 2 * Math.max(0, box.x - label.x, label.x - box.x - box.width));
  }
  return width < WIDEST ? width : undefined;
}

/** Where a port stands on the canvas. */
function portPosition(node: PlacedNode, port: string, side: 'inputs' | 'outputs'): Position | undefined {
  const ports = node.data.ports[side];
  const index = ports.findIndex(({ id }) => id === port);
  if (index < 0) return undefined;
  return { x: node.position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: node.position.y + portOffset(ports, index, node.data.height) };
}
