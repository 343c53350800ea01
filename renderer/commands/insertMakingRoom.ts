import type { SkipDocument } from '../../shared/document/document';
import { insertOnWire } from '../../shared/edits/insert';
import type { GraphEdit } from '../../shared/graph/edit';
import type { EdgeId, Graph, GraphNode } from '../../shared/graph/graph';
import { framesAlong } from '../../shared/layout/framesAlong';
import { roomInWire } from '../../shared/layout/makeRoom';

/** Puts a node into a wire, and what is behind it out of its way; where it stands if there is no one place between the two. */
export function insertMakingRoom(graph: Graph, blocks: SkipDocument['blocks'], node: GraphNode, wire: EdgeId): readonly GraphEdit[] {
  const inserted = insertOnWire(graph, blocks, node, wire);
  const room = inserted.length > 0 ? roomInWire(graph, blocks, wire, node.id) : undefined;
  if (!room) return inserted;
  return [
    ...inserted,
    { kind: 'move', id: node.id, position: room.at, placed: false },
    ...[...room.places].map(([id, position]): GraphEdit => ({ kind: 'move', id, position })),
    ...framesAlong(graph, blocks, room.places).map((annotation): GraphEdit => ({ kind: 'annotate', annotation })),
  ];
}
