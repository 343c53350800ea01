import type { Edit } from '../../shared/graph/edit';
import type { SkipDocument } from '../../shared/document/document';
import type { Annotation, Graph, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { nothingTaken, portsOf } from '../../shared/graph/ports';
import { takenPorts } from '../../shared/graph/takenPorts';
import { partOf } from '../../shared/graph/partOf';
import { arranged } from '../../shared/layout/arrange';
import { insideFrame } from '../../shared/picture/frames';
import { boundsOfBoxes, boundsOfPoints, nodeHeight, NODE_WIDTH, type Box } from '../../shared/picture/geometry';
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
  const corner = boundsOfPoints(Object.values(graph.nodes).map(({ position }) => position));
  const places = from(corner, arranged(graph, document.blocks));
  const moves = [...places].map(([id, position]): Edit => ({ kind: 'move', id, position, graph: ref }));
  const routes = Object.values(graph.edges).flatMap(({ id, route }): Edit[] =>
    route ? [{ kind: 'route', id, route: undefined, graph: ref }] : [],
  );
  const frames = framesAlong(whole, document.blocks, places).map((annotation): Edit => ({ kind: 'annotate', annotation, graph: ref }));
  const label = only ? 'Tidy the selection' : 'Arrange the network';
  useDocument.getState().edit(label, [...moves, ...routes, ...frames], 'record');
  if (!only) requestAnimationFrame(() => useSession.getState().canvasApi?.fit());
}

function from(corner: Position, places: Places): Places {
  return new Map([...places].map(([id, { x, y }]) => [id, { x: Math.round(corner.x + x), y: Math.round(corner.y + y) }]));
}

const ROOM = { side: 24, top: 40, bottom: 24 } as const;

/** Frames around all that was in them, wherever it went, and the notes in them along. */
function framesAlong(graph: Graph, blocks: SkipDocument['blocks'], places: Places): readonly Annotation[] {
  const taken = takenPorts(graph);
  const boxOf = (node: GraphNode): Box => ({
    ...(places.get(node.id) ?? node.position),
    width: NODE_WIDTH,
    height: nodeHeight(portsOf(node, blocks, taken.get(node.id) ?? nothingTaken)),
  });
  // The smallest frame around a note leads it.
  const frames = Object.values(graph.annotations ?? {})
    .filter(({ kind }) => kind === 'frame')
    .toSorted((a, b) => b.size.width * b.size.height - a.size.width * a.size.height);
  const changed = new Map<string, Annotation>();
  for (const frame of frames) {
    const { nodes, annotations } = insideFrame(graph, frame);
    if (!nodes.some(({ id }) => places.has(id))) continue;
    const { x, y, width, height } = boundsOfBoxes(nodes.map(boxOf));
    const position = { x: x - ROOM.side, y: y - ROOM.top };
    changed.set(frame.id, { ...frame, position, size: { width: width + 2 * ROOM.side, height: height + ROOM.top + ROOM.bottom } });
    for (const note of annotations.filter(({ kind }) => kind === 'note')) {
      const shifted = { x: note.position.x + position.x - frame.position.x, y: note.position.y + position.y - frame.position.y };
      changed.set(note.id, { ...note, position: shifted });
    }
  }
  return [...changed.values()];
}
