import { namesIn } from '../../blocks/expression/evaluate';
import { isExpression, type BlockDefinition, type BlockParameter, type SkipDocument } from '../../document/document';
import { graphOf, withGraph } from '../../graph/applyEdits';
import { directionOf, turned, withDirection } from '../../graph/direction';
import type { GraphRef } from '../../graph/edit';
import type { BlockId, Graph, GraphEdge, GraphNode, NodeId, ParamValue, PortRef, Position } from '../../graph/graph';
import { newId, uniqueName, uniqueNames } from '../../graph/names';
import { err, ok, type Result } from '../../graph/result';
import { freeBlockId, freeBlockName } from '../../blocks/names';
import { CELL } from '../placing';

export interface Grouped {
  readonly document: SkipDocument;
  /** The instance that stands where the layers stood. */
  readonly instance: NodeId;
  readonly block: BlockId;
}

/**
 * Makes a block of some layers and puts an instance of it in their place. Each output that feeds the selection from
 * outside becomes an input of the block, each output that the outside uses one of its outputs. Refused, in words, where
 * the network could not be wired the same way.
 */
export function groupIntoBlock(document: SkipDocument, ref: GraphRef, ids: ReadonlySet<NodeId>, name: string): Result<Grouped, string> {
  const graph = graphOf(document, ref);
  const nodes = Object.values(graph?.nodes ?? {}).filter(({ id }) => ids.has(id));
  if (!graph || nodes.length === 0) return err('Select the layers of the block first.');
  const refusal = whyNot(graph, nodes, ids);
  if (refusal) return err(refusal);
  const crossing = crossingWires(graph, ids);
  const inside = graphInside(graph, nodes, ids, crossing);
  const parameters = outerParameters(document, ref, nodes);
  const block: BlockDefinition = {
    id: freeBlockId(document, name),
    name: freeBlockName(document, name),
    parameters,
    graph: inside.graph,
  };
  const outer = outsideOf(graph, nodes, crossing, inside, block);
  const grown = { ...document, blocks: { ...document.blocks, [block.id]: block } };
  return ok({ document: withGraph(grown, ref, outer.graph), instance: outer.instance, block: block.id });
}

function whyNot(graph: Graph, nodes: readonly GraphNode[], ids: ReadonlySet<NodeId>): string | undefined {
  const end = nodes.find(({ type }) => type === 'input' || type === 'output' || type === 'blockInput' || type === 'blockOutput');
  if (end) return `“${end.name}” is an end of the network and stays outside of blocks.`;
  const between = layerBetween(graph, ids);
  return between && `“${between}” lies between the selected layers. Select it too.`;
}

/** A layer outside through which the selection would feed itself: grouped, the block would stand on a cycle. */
function layerBetween(graph: Graph, ids: ReadonlySet<NodeId>): string | undefined {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const list = next.get(from.node);
    if (list) list.push(to.node);
    else next.set(from.node, [to.node]);
  }
  const seen = new Set<NodeId>();
  const queue = [...ids].flatMap((id) => (next.get(id) ?? []).filter((to) => !ids.has(to)));
  for (const node of queue) {
    if (seen.has(node)) continue;
    seen.add(node);
    const followers = next.get(node) ?? [];
    if (followers.some((to) => ids.has(to))) return graph.nodes[node]?.name ?? node;
    queue.push(...followers);
  }
  return undefined;
}

interface Crossing {
  readonly inner: readonly GraphEdge[];
  /** Wires into the selection, by the output that feeds them. */
  readonly entering: ReadonlyMap<string, readonly GraphEdge[]>;
  /** Wires out of the selection, by the output that they leave. */
  readonly leaving: ReadonlyMap<string, readonly GraphEdge[]>;
}

function crossingWires(graph: Graph, ids: ReadonlySet<NodeId>): Crossing {
  const inner: GraphEdge[] = [];
  const entering = new Map<string, GraphEdge[]>();
  const leaving = new Map<string, GraphEdge[]>();
  for (const edge of Object.values(graph.edges)) {
    const [starts, ends] = [ids.has(edge.from.node), ids.has(edge.to.node)];
    if (starts && ends) inner.push(edge);
    else if (starts || ends) {
      const table = starts ? leaving : entering;
      const key = portKey(edge.from);
      table.set(key, [...(table.get(key) ?? []), edge]);
    }
  }
  return { inner, entering, leaving };
}

function portKey({ node, port }: PortRef): string {
  return `${node}\n${port}`;
}

interface Inside {
  readonly graph: Graph;
  /** Names of the block's ports by the outputs that they stand for. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

function graphInside(graph: Graph, nodes: readonly GraphNode[], ids: ReadonlySet<NodeId>, crossing: Crossing): Inside {
  const direction = directionOf(graph);
  const { length, breadth } = CELL[direction];
  const along = nodes.map((node) => ({ ...node, position: turned(node.position, direction) }));
  const box = boxOf(along);
  const moved = along.map((node) => ({
    ...node,
    position: turned({ x: node.position.x - box.left + length, y: node.position.y - box.top }, direction),
  }));
  const own = withDirection({ nodes: byId(moved), edges: byId(crossing.inner) }, direction);
  const inputNames = uniqueNames(own, portNames('x', crossing.entering.size));
  const outputNames = uniqueNames(own, outputPortNames(crossing.leaving));
  const middle = (box.bottom - box.top) / 2;
  let grown = own;
  const end = (type: 'blockInput' | 'blockOutput', name: string, x: number, y: number): GraphNode => {
    const node: GraphNode = { id: newId(grown, 'n'), type, name, params: {}, position: turned({ x, y: Math.round(y) }, direction) };
    grown = { ...grown, nodes: { ...grown.nodes, [node.id]: node } };
    return node;
  };
  const wire = (from: PortRef, to: PortRef) => {
    const id = newId(grown, 'e');
    grown = { ...grown, edges: { ...grown.edges, [id]: { id, from, to } } };
  };
  const inputs = new Map<string, string>();
  [...crossing.entering].forEach(([key, edges], index, all) => {
    const node = end('blockInput', inputNames[index] as string, 0, middle + (index - (all.length - 1) / 2) * breadth);
    inputs.set(key, node.name);
    for (const { to } of edges) wire({ node: node.id, port: 'y' }, to);
  });
  const outputs = new Map<string, string>();
  [...crossing.leaving].forEach(([key, edges], index, all) => {
    const right = box.right - box.left + 2 * length;
    const node = end('blockOutput', outputNames[index] as string, right, middle + (index - (all.length - 1) / 2) * breadth);
    outputs.set(key, node.name);
    wire((edges[0] as GraphEdge).from, { node: node.id, port: 'x' });
  });
  return { graph: grown, inputs, outputs };
}

function portNames(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? name : `${name}${index + 1}`));
}

/** `y`, or the name of the port that an output stands for where it has one of its own (`shortcut`). */
function outputPortNames(leaving: Crossing['leaving']): readonly string[] {
  return [...leaving.values()].map(([edge]) => edge?.from.port ?? 'y');
}

/** Values that the layers take from the block around them become parameters of the new block. */
function outerParameters(document: SkipDocument, ref: GraphRef, nodes: readonly GraphNode[]): readonly BlockParameter[] {
  const around = ref === 'network' ? undefined : document.blocks[ref.block];
  const used = new Set(nodes.flatMap(({ params }) => Object.values(params).flatMap(namesUsed)));
  return around?.parameters.filter(({ name }) => used.has(name)) ?? [];
}

function namesUsed(value: ParamValue): readonly string[] {
  if (isExpression(value)) return [...namesIn(value.$)];
  return Array.isArray(value) ? (value as readonly ParamValue[]).flatMap(namesUsed) : [];
}

function outsideOf(graph: Graph, nodes: readonly GraphNode[], crossing: Crossing, inside: Inside, block: BlockDefinition) {
  const ids = new Set(nodes.map(({ id }) => id));
  const rest: Graph = {
    ...graph,
    nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => !ids.has(id))),
    edges: Object.fromEntries(Object.entries(graph.edges).filter(([, { from, to }]) => !ids.has(from.node) && !ids.has(to.node))),
  };
  const instance: GraphNode = {
    id: newId(graph, 'n'),
    type: 'block',
    block: block.id,
    name: uniqueName(rest, block.name.replaceAll('/', ' ')),
    params: Object.fromEntries(block.parameters.map(({ name }) => [name, { $: name }])),
    position: middleOf(nodes),
  };
  let edges = rest.edges;
  const connect = (edge: GraphEdge) => (edges = { ...edges, [edge.id]: edge });
  for (const [key, [edge]] of crossing.entering)
    if (edge) connect({ id: edge.id, from: edge.from, to: { node: instance.id, port: inside.inputs.get(key) as string } });
  for (const [key, wires] of crossing.leaving)
    for (const edge of wires) connect({ id: edge.id, from: { node: instance.id, port: inside.outputs.get(key) as string }, to: edge.to });
  return { graph: { ...rest, nodes: { ...rest.nodes, [instance.id]: instance }, edges }, instance: instance.id };
}

function boxOf(nodes: readonly GraphNode[]) {
  const [xs, ys] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function middleOf(nodes: readonly GraphNode[]): Position {
  const { left, right, top, bottom } = boxOf(nodes);
  return { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) };
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
