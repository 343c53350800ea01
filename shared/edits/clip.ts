import { newDocument } from '../document/create';
import type { BlockDefinition, SkipDocument } from '../document/document';
import { freeBlockName, freeVariant } from '../blocks/names';
import { usedBlocks, withBlocks } from '../blocks/used';
import { graphOf, withGraph } from '../graph/applyEdits';
import { directionOf, withDirection } from '../graph/direction';
import type { GraphRef } from '../graph/edit';
import type { Annotation, BlockId, Graph, GraphEdge, GraphNode, NodeId, Position } from '../graph/graph';
import { freshIds, uniqueNames } from '../graph/names';

/**
 * Some nodes of a graph with the wires among them, frames and notes, and the block definitions that they use, as a document
 * of its own: serialized it is what the clipboard holds, and a file that opens.
 */
export function clipOf(
  document: SkipDocument,
  ref: GraphRef,
  ids: ReadonlySet<NodeId>,
  annotationIds: ReadonlySet<string> = new Set(),
): SkipDocument {
  const graph = graphOf(document, ref);
  const nodes = Object.values(graph?.nodes ?? {}).filter(({ id }) => ids.has(id));
  const edges = Object.values(graph?.edges ?? {}).filter(({ from, to }) => ids.has(from.node) && ids.has(to.node));
  const annotations = Object.values(graph?.annotations ?? {}).filter(({ id }) => annotationIds.has(id));
  return {
    ...newDocument('clipboard'),
    layers: document.layers,
    dataFormat: document.dataFormat,
    graph: withDirection({ nodes: byId(nodes), edges: byId(edges), ...withAnnotations(annotations) }, directionOf(graph ?? {})),
    blocks: usedBlocks(document.blocks, nodes),
  };
}

/** Left out where there are none, as in a graph that never had any. */
function withAnnotations(annotations: readonly Annotation[]): Pick<Graph, 'annotations'> {
  return annotations.length > 0 ? { annotations: byId(annotations) } : {};
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}

export interface Pasted {
  readonly document: SkipDocument;
  /** In the clip's order. */
  readonly nodes: readonly NodeId[];
  readonly annotations: readonly string[];
}

/** Adds a clip's nodes to a graph, `offset` from where they stood, under ids and names that are free there. */
export function paste(document: SkipDocument, ref: GraphRef, clip: SkipDocument, offset: Position): Pasted {
  const graph = graphOf(document, ref);
  if (!graph) return { document, nodes: [], annotations: [] };
  const { blocks, renamed } = mergeBlocks(document.blocks, clip.blocks);
  const copies = copiesOf(graph, clip.graph, offset, renamed);
  const annotations = copiedAnnotations(graph, clip.graph, offset);
  const grown: Graph = {
    ...graph,
    ...withAnnotations([...Object.values(graph.annotations ?? {}), ...annotations]),
    nodes: { ...graph.nodes, ...byId([...copies.nodes.values()]) },
    edges: { ...graph.edges, ...byId(copies.edges) },
  };
  const target = { ...document, blocks, layers: { ...clip.layers, ...document.layers } };
  return {
    document: withGraph(target, ref, grown),
    nodes: [...copies.nodes.values()].map(({ id }) => id),
    annotations: annotations.map(({ id }) => id),
  };
}

function copiedAnnotations(graph: Graph, clip: Graph, offset: Position): readonly Annotation[] {
  const taken = new Set(Object.keys(graph.annotations ?? {}));
  let count = taken.size;
  return Object.values(clip.annotations ?? {}).map((annotation) => {
    do count += 1;
    while (taken.has(`a${count}`));
    const { x, y } = annotation.position;
    return { ...annotation, id: `a${count}`, position: { x: x + offset.x, y: y + offset.y } };
  });
}

interface Copies {
  /** By the id that each had in the clip. */
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: readonly GraphEdge[];
}

function copiesOf(graph: Graph, clip: Graph, offset: Position, renamed: ReadonlyMap<BlockId, BlockId>): Copies {
  const originals = Object.values(clip.nodes);
  const ids = freshIds(graph, 'n', originals.length);
  const names = uniqueNames(
    graph,
    originals.map(({ name }) => name),
  );
  const nodes = new Map(
    // Nobody has placed the copies.
    originals.map(({ placed: _, ...node }, index): [NodeId, GraphNode] => [
      node.id,
      {
        ...node,
        id: ids[index] as string,
        name: names[index] as string,
        position: { x: node.position.x + offset.x, y: node.position.y + offset.y },
        ...(node.block === undefined ? {} : { block: renamed.get(node.block) ?? node.block }),
      },
    ]),
  );
  const wires = Object.values(clip.edges).filter(({ from, to }) => nodes.has(from.node) && nodes.has(to.node));
  const edgeIds = freshIds(graph, 'e', wires.length);
  const end = (ref: GraphEdge['from']) => ({ ...ref, node: (nodes.get(ref.node) as GraphNode).id });
  return { nodes, edges: wires.map((edge, index) => ({ ...edge, id: edgeIds[index] as string, from: end(edge.from), to: end(edge.to) })) };
}

/** A definition that is there already is used; one of the same id that says something else comes under another id. */
function mergeBlocks(own: SkipDocument['blocks'], added: SkipDocument['blocks']) {
  const renamed = new Map<BlockId, BlockId>();
  const fresh = Object.values(added).filter((block) => !sameDefinition(own[block.id], block));
  // Those that come must not take each other's ids either.
  const taken: Record<BlockId, unknown> = { ...own, ...added };
  for (const { id } of fresh) {
    const free = Object.hasOwn(own, id) ? freeVariant(id, taken) : id;
    taken[free] = true;
    renamed.set(id, free);
  }
  const blocks: Record<BlockId, BlockDefinition> = { ...own };
  for (const block of fresh) {
    const id = renamed.get(block.id) as string;
    blocks[id] = { ...block, id, name: freeBlockName({ blocks }, block.name), graph: withBlocks(block.graph, renamed) };
  }
  return { blocks, renamed };
}

function sameDefinition(a: BlockDefinition | undefined, b: BlockDefinition): boolean {
  return a !== undefined && (a === b || JSON.stringify(a) === JSON.stringify(b));
}
