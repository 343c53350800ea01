import { COPY_INDEX, copiesOf, REPEAT } from '../../blocks/expand';
import { substitute } from '../../blocks/expression/substitute';
import { noScope } from '../../blocks/resolveParams';
import { isExpression, type BlockDefinition, type BlockParameter, type SkipDocument } from '../../document/document';
import { graphOf, withGraph } from '../../graph/applyEdits';
import { directionOf, turned } from '../../graph/direction';
import type { GraphRef } from '../../graph/edit';
import type { Graph, GraphEdge, GraphNode, NodeId, ParamValue, Params, PortRef } from '../../graph/graph';
import { freshIds, uniqueNames } from '../../graph/names';
import { runningTo } from '../../layout/arrange';
import { boundsOfPoints } from '../../picture/geometry';
import { CELL } from '../placing';
import { err, ok, type Result } from '../../graph/result';

export interface Unpacked {
  readonly document: SkipDocument;
  readonly nodes: readonly NodeId[];
}

/** Most copies that are laid out one by one. */
const MAX_UNPACKED = 500;

/**
 * Puts what is inside an instance in its place: its layers with the instance's values, wired to what the instance was
 * wired to, along the way that the graph runs. Of a repeated block every copy, in a row.
 */
export function unpackBlock(document: SkipDocument, ref: GraphRef, id: NodeId): Result<Unpacked, string> {
  const graph = graphOf(document, ref);
  const instance = graph?.nodes[id];
  const definition = instance?.block === undefined ? undefined : document.blocks[instance.block];
  if (!graph || !instance || !definition) return err('Select a block first.');
  const copies = isExpression(instance.params[REPEAT]) ? { why: 'How often it is repeated is computed.' } : copiesOf(instance, noScope);
  if (typeof copies !== 'number') return err(`${copies.why} Give “repeat” a number first.`);
  if (copies > MAX_UNPACKED) return err(`It has ${copies} copies; at most ${MAX_UNPACKED} are laid out one by one.`);
  let result = withoutNode(graph, id);
  let feeds = sourcesOf(graph, id);
  const added: NodeId[] = [];
  const direction = directionOf(graph);
  const block = { ...definition, graph: runningTo(direction, definition.graph, document.blocks) };
  const inside = Object.values(block.graph.nodes).map(({ position }) => turned(position, direction).x);
  const length = Math.max(...inside) + CELL[direction].length;
  for (let copy = 0; copy < copies; copy += 1) {
    const step = turned({ x: copy * length, y: 0 }, direction);
    const laid = layOut(result, block, instance, copy, { x: instance.position.x + step.x, y: instance.position.y + step.y }, feeds);
    result = laid.graph;
    added.push(...laid.nodes);
    // The next copy reads what this one gives.
    if (copy < copies - 1) feeds = new Map(inputsOf(block).map(({ name }) => [name, [...laid.outputs.values()][0]]));
    else result = rewired(result, graph, id, laid.outputs);
  }
  const roomy = withRoom(result, new Set(added), instance);
  return ok({ document: withGraph(document, ref, roomy), nodes: added });
}

/** What stood behind the instance in its row goes on as far as the layers that are laid out reach. */
function withRoom(graph: Graph, added: ReadonlySet<NodeId>, instance: GraphNode): Graph {
  const direction = directionOf(graph);
  const { length, breadth } = CELL[direction];
  const place = ({ position }: GraphNode) => turned(position, direction);
  const laid = [...added].map((id) => place(graph.nodes[id] as GraphNode));
  if (laid.length === 0) return graph;
  const around = boundsOfPoints(laid);
  const [top, bottom] = [around.y - breadth, around.y + around.height + breadth];
  const start = place(instance).x;
  const behind = Object.values(graph.nodes).filter((node) => {
    const { x, y } = place(node);
    return !added.has(node.id) && x > start && y > top && y < bottom;
  });
  if (behind.length === 0) return graph;
  const by = around.x + around.width + length - boundsOfPoints(behind.map(place)).x;
  if (by <= 0) return graph;
  const step = turned({ x: by, y: 0 }, direction);
  const moved = behind.map((node) => ({ ...node, position: { x: node.position.x + step.x, y: node.position.y + step.y } }));
  return { ...graph, nodes: { ...graph.nodes, ...byId(moved) } };
}

/** What feeds each input of a node, by port. */
type Feeds = ReadonlyMap<string, PortRef | undefined>;

function sourcesOf(graph: Graph, id: NodeId): Feeds {
  return new Map(
    Object.values(graph.edges)
      .filter(({ to }) => to.node === id)
      .map(({ from, to }) => [to.port, from]),
  );
}

function inputsOf({ graph }: BlockDefinition): readonly GraphNode[] {
  return Object.values(graph.nodes).filter(({ type }) => type === 'blockInput');
}

function withoutNode(graph: Graph, id: NodeId): Graph {
  return {
    ...graph,
    nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([key]) => key !== id)),
    edges: Object.fromEntries(Object.entries(graph.edges).filter(([, { from, to }]) => from.node !== id && to.node !== id)),
  };
}

function layOut(graph: Graph, block: BlockDefinition, instance: GraphNode, copy: number, at: GraphNode['position'], feeds: Feeds) {
  const inner = Object.values(block.graph.nodes).filter(({ type }) => type !== 'blockInput' && type !== 'blockOutput');
  const ids = freshIds(graph, 'n', inner.length);
  const names = uniqueNames(
    graph,
    inner.map(({ name }) => name),
  );
  const newIds = new Map(inner.map((node, index) => [node.id, ids[index] as string]));
  const direction = directionOf(graph);
  const first = Math.min(...inner.map(({ position }) => turned(position, direction).x));
  const start = turned({ x: Number.isFinite(first) ? first : 0, y: 0 }, direction);
  const values = valuesFor(block, instance, copy);
  // What was placed was so inside the definition.
  const nodes = inner.map(({ placed: _, ...node }, index): GraphNode => ({
    ...node,
    id: ids[index] as string,
    name: names[index] as string,
    params: settled(node.params, values),
    position: { x: at.x + node.position.x - start.x, y: at.y + node.position.y - start.y },
  }));
  const source = (from: PortRef): PortRef | undefined => {
    const node = block.graph.nodes[from.node];
    if (node?.type === 'blockInput') return feeds.get(node.name);
    const id = newIds.get(from.node);
    return id === undefined ? undefined : { node: id, port: from.port };
  };
  const outputs = new Map<string, PortRef | undefined>();
  const wires: Omit<GraphEdge, 'id'>[] = [];
  for (const { from, to } of Object.values(block.graph.edges)) {
    const target = block.graph.nodes[to.node];
    const from_ = source(from);
    if (target?.type === 'blockOutput') outputs.set(target.name, from_);
    else if (target && from_) wires.push({ from: from_, to: { node: newIds.get(to.node) as string, port: to.port } });
  }
  return { graph: grownBy(graph, nodes, wires), nodes: ids, outputs };
}

function grownBy(graph: Graph, nodes: readonly GraphNode[], wires: readonly Omit<GraphEdge, 'id'>[]): Graph {
  const ids = freshIds(graph, 'e', wires.length);
  const edges = wires.map((wire, index): GraphEdge => ({ ...wire, id: ids[index] as string }));
  return { ...graph, nodes: { ...graph.nodes, ...byId(nodes) }, edges: { ...graph.edges, ...byId(edges) } };
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}

/** What the instance fed is fed by what the block's outputs stand for. */
function rewired(graph: Graph, before: Graph, id: NodeId, outputs: Feeds): Graph {
  const wires = Object.values(before.edges).flatMap(({ from, to }) => {
    const source = from.node === id && to.node !== id ? outputs.get(from.port) : undefined;
    return source ? [{ from: source, to }] : [];
  });
  return grownBy(graph, [], wires);
}

function valuesFor(block: BlockDefinition, instance: GraphNode, copy: number): ReadonlyMap<string, ParamValue> {
  const index = new Map<string, ParamValue>([[COPY_INDEX, copy]]);
  const valueOf = ({ name, default: fallback }: BlockParameter): ParamValue =>
    Object.hasOwn(instance.params, name) ? substitute(instance.params[name] as ParamValue, index) : fallback;
  return new Map(block.parameters.map((parameter) => [parameter.name, valueOf(parameter)]));
}

function settled(params: Params, values: ReadonlyMap<string, ParamValue>): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]): [string, ParamValue] => [name, substitute(value, values)]));
}
