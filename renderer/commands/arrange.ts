import type { Edit } from '../../shared/graph/edit';
import type { Annotation, Graph, NodeId, Position } from '../../shared/graph/graph';
import { partOf } from '../../shared/graph/partOf';
import { arranged } from '../../shared/layout/arrange';
import { NODE_WIDTH } from '../../shared/picture/geometry';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { shown } from './graphEdits';

type Places = ReadonlyMap<NodeId, Position>;

/**
 * Gives the layers of the shown graph their places, or with `only` these among themselves, from where their upper left
 * corner stands; frames go along with what is in them, and wires that were led find their own way. One step of undo.
 */
export function arrange(only?: ReadonlySet<NodeId>): void {
  const { document, graph: whole, ref } = shown();
  const graph = only ? partOf(whole, only) : whole;
  const places = from(cornerOf(graph), arranged(graph, document.blocks));
  const moves = [...places].map(([id, position]): Edit => ({ kind: 'move', id, position, graph: ref }));
  const routes = Object.values(graph.edges).flatMap(({ id, route }): Edit[] =>
    route ? [{ kind: 'route', id, route: undefined, graph: ref }] : [],
  );
  const frames = framesAlong(whole, places).map((annotation): Edit => ({ kind: 'annotate', annotation, graph: ref }));
  const label = only ? 'Tidy the selection' : 'Arrange the network';
  useDocument.getState().edit(label, [...moves, ...routes, ...frames], 'record');
  if (!only) requestAnimationFrame(() => useSession.getState().canvasApi?.fit());
}

/** The upper left corner of what stands there. */
function cornerOf({ nodes }: Graph): Position {
  const places = Object.values(nodes).map(({ position }) => position);
  const least = (axis: 'x' | 'y') => places.reduce((value, place) => Math.min(value, place[axis]), Infinity);
  return { x: least('x'), y: least('y') };
}

function from(corner: Position, places: Places): Places {
  return new Map([...places].map(([id, { x, y }]) => [id, { x: Math.round(corner.x + x), y: Math.round(corner.y + y) }]));
}

const ROOM = { side: 24, top: 40, bottom: 24 } as const;

/** Frames around all that was in them, wherever it went. */
function framesAlong({ nodes, annotations }: Graph, places: Places): readonly Annotation[] {
  return Object.values(annotations ?? {}).flatMap((frame): Annotation[] => {
    if (frame.kind !== 'frame') return [];
    const inside = Object.values(nodes).filter(({ position }) => isIn(frame, position));
    if (!inside.some(({ id }) => places.has(id))) return [];
    const now = inside.map(({ id, position }) => places.get(id) ?? position);
    const [xs, ys] = [now.map(({ x }) => x), now.map(({ y }) => y)];
    const position = { x: Math.min(...xs) - ROOM.side, y: Math.min(...ys) - ROOM.top };
    const size = {
      width: Math.max(...xs) + NODE_WIDTH + ROOM.side - position.x,
      height: Math.max(...ys) + 64 + ROOM.bottom - position.y,
    };
    return [{ ...frame, position, size }];
  });
}

function isIn({ position, size }: Annotation, { x, y }: Position): boolean {
  return x >= position.x && y >= position.y && x + NODE_WIDTH <= position.x + size.width && y <= position.y + size.height;
}
