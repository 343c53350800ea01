import { MAX_DEPTH } from '../../../shared/blocks/limits';
import type { SkipDocument } from '../../../shared/document/document';
import type { EdgeId, Graph, NodeId } from '../../../shared/graph/graph';
import { readingOrder } from '../../../shared/graph/readingOrder';
import { wiresAlong } from '../../../shared/graph/walk';
import type { NodePath } from '../../../shared/infer/analysis';
import { pathIn } from '../../state/location';

/** A line of the outline. */
export interface OutlineRow {
  /** A layer's path, or a wire's: `block1/e4`, with a mark before it. */
  readonly key: string;
  readonly kind: 'layer' | 'wire';
  /** Of the layer, or of the layer that the wire feeds. */
  readonly path: NodePath;
  readonly node: NodeId;
  readonly edge?: EdgeId;
  /** The path of the block around it; empty at the network. */
  readonly prefix: NodePath;
  /** The graph that it stands in. */
  readonly graph: Graph;
  /** What typing finds: the name, of a wire that of the layer that it comes from. */
  readonly name: string;
  /** From 1. */
  readonly level: number;
  /** From 1, among those of the same parent. */
  readonly place: number;
  readonly count: number;
  /** Undefined: nothing is in it. */
  readonly isOpen: boolean | undefined;
  readonly parent: string | undefined;
}

export const wireKey = (prefix: NodePath, edge: EdgeId) => `wire:${pathIn(prefix, edge)}`;

/** The lines that are to be seen: every layer in reading order; in an open one the wires that feed it, in an open block its layers. */
export function outlineRows(document: SkipDocument, open: ReadonlySet<string>): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  addGraph(rows, { document, open, graph: document.graph, prefix: '', level: 1, parent: undefined, before: 0 });
  return rows;
}

interface Place {
  readonly document: SkipDocument;
  readonly open: ReadonlySet<string>;
  readonly graph: Graph;
  readonly prefix: NodePath;
  readonly level: number;
  readonly parent: string | undefined;
  /** Wires of the block that stand before its layers. */
  readonly before: number;
}

function addGraph(rows: OutlineRow[], at: Place): void {
  const { document, open, graph, prefix, level, parent, before } = at;
  const order = readingOrder(graph);
  const fed = new Set(Object.values(graph.edges).map(({ to }) => to.node));
  for (const [index, id] of order.entries()) {
    const node = graph.nodes[id];
    if (!node) continue;
    const path = pathIn(prefix, id);
    const inside = node.block === undefined || level > MAX_DEPTH ? undefined : document.blocks[node.block]?.graph;
    const isOpen = fed.has(id) || inside ? open.has(path) : undefined;
    const own = { path, node: id, prefix, graph };
    rows.push({
      ...own,
      key: path,
      kind: 'layer',
      name: node.name,
      level,
      place: before + index + 1,
      count: before + order.length,
      isOpen,
      parent,
    });
    if (!isOpen) continue;
    const wires = wiresAlong(graph, id, 'back');
    const count = wires.length + Object.keys(inside?.nodes ?? {}).length;
    for (const [place, { id: edge, from }] of wires.entries()) {
      const name = graph.nodes[from.node]?.name ?? '';
      rows.push({
        ...own,
        key: wireKey(prefix, edge),
        kind: 'wire',
        edge,
        name,
        level: level + 1,
        place: place + 1,
        count,
        isOpen: undefined,
        parent: path,
      });
    }
    if (inside) addGraph(rows, { document, open, graph: inside, prefix: path, level: level + 1, parent: path, before: wires.length });
  }
}
