import type { SkipDocument } from '../../shared/document/document';
import { clipOf, paste } from '../../shared/edits/clip';
import { applyEdits, graphOf } from '../../shared/graph/applyEdits';
import type { Edit, GraphRef } from '../../shared/graph/edit';
import type { NodeId, Position } from '../../shared/graph/graph';
import { freshIds } from '../../shared/graph/names';

export interface Copies {
  readonly document: SkipDocument;
  /** The copy of each layer. */
  readonly nodes: ReadonlyMap<NodeId, NodeId>;
}

/** Copies of layers with the wires among them, `offset` from where they stand. */
export function copyInPlace(document: SkipDocument, ref: GraphRef, ids: ReadonlySet<NodeId>, offset: Position): Copies {
  const clip = clipOf(document, ref, ids);
  const pasted = paste(document, ref, clip, offset);
  const originals = Object.keys(clip.graph.nodes);
  return { document: pasted.document, nodes: new Map(originals.map((id, index) => [id, pasted.nodes[index] as NodeId])) };
}

/** The same with the wires that come from other layers, so that a copy computes what its original does. */
export function copyWithWires(document: SkipDocument, ref: GraphRef, ids: ReadonlySet<NodeId>): Copies {
  const copies = copyInPlace(document, ref, ids, { x: 0, y: 0 });
  const graph = graphOf(copies.document, ref);
  if (!graph) return copies;
  const incoming = Object.values(graph.edges).filter(({ from, to }) => ids.has(to.node) && !ids.has(from.node));
  const fresh = freshIds(graph, 'e', incoming.length);
  const edits = incoming.map(({ from, to }, index): Edit => ({
    kind: 'connect',
    edge: { id: fresh[index] as string, from, to: { ...to, node: copies.nodes.get(to.node) as NodeId } },
    graph: ref,
  }));
  return { ...copies, document: applyEdits(copies.document, edits) };
}
