import type { BlockDefinition } from '../document/document';
import { emptyGraph, type BlockId, type EdgeId, type Graph, type GraphEdge, type GraphNode, type NodeId } from './graph';
import { LONGEST_LINK, streamsOf } from './streams';

type Blocks = Readonly<Record<BlockId, BlockDefinition>>;
type Streams = ReadonlyMap<EdgeId, number>;

/** A residual stream inside a block that reaches ports of it. */
interface Passage {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  /** Inputs that part inside the block at once: the wire from outside is the beginning of a skip wire. */
  readonly parting: ReadonlySet<string>;
}

/**
 * The residual streams of a graph, as {@link streamsOf} has them, and through collapsed blocks: a block along whose inside a stream
 * runs from port to port carries it on. Linear in the graph and in the definitions that it uses.
 */
export function streamsThrough(graph: Graph, blocks: Blocks): Streams {
  return unfolded(graph, insidesOf(blocks)).streams;
}

/** Whether a residual stream runs through a block from one of its inputs to one of its outputs: whether it is a residual block. */
export function carriesStream(blocks: Blocks, id: BlockId): boolean {
  return insidesOf(blocks)(id).passages.some(({ inputs, outputs }) => inputs.size > 0 && outputs.size > 0);
}

/** What a block is on the way of a stream: its passages, or else so many layers, at most as many as break one off. */
interface Inside {
  readonly passages: readonly Passage[];
  readonly layers: number;
}

type InsideOf = (id: BlockId) => Inside;
type Insides = ReadonlyMap<NodeId, Inside>;

/** A block that contains itself carries nothing; that it does is a problem told elsewhere. */
const unfinished: Inside = { passages: [], layers: LONGEST_LINK };

const known = new WeakMap<Blocks, InsideOf>();

/** What each block of a table is, found once: the canvas asks for its layers and for its ribbons. */
function insidesOf(blocks: Blocks): InsideOf {
  const before = known.get(blocks);
  if (before) return before;
  const found = new Map<BlockId, Inside>();
  const graphOf = (id: BlockId) => blocks[id]?.graph ?? emptyGraph;
  const foundOf: InsideOf = (id) => found.get(id) ?? unfinished;
  const insideOf: InsideOf = (id) => {
    // From the inside out, and not by calls: a hostile file nests blocks deeper than those may.
    const open = [id];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      if (!found.has(at)) {
        found.set(at, unfinished);
        for (const { type, block } of Object.values(graphOf(at).nodes))
          if (type === 'block' && block !== undefined && !found.has(block)) open.push(block);
      } else {
        open.pop();
        if (foundOf(at) === unfinished) found.set(at, insideFrom(graphOf(at), foundOf));
      }
    }
    return foundOf(id);
  };
  known.set(blocks, insideOf);
  return insideOf;
}

function insideFrom(graph: Graph, insideOf: InsideOf): Inside {
  const own = unfolded(graph, insideOf);
  return {
    passages: passagesOf(graph, own),
    layers: Math.min(LONGEST_LINK, Object.keys(own.drawn.nodes).length - portNodes(graph).length),
  };
}

interface Unfolded {
  readonly drawn: Graph;
  /** The streams of what is drawn, and those of the graph itself. */
  readonly inDrawn: Streams;
  readonly streams: Streams;
}

/** A graph in which each passage of a block is drawn as a skip around one layer, and the streams that are found there. */
function unfolded(graph: Graph, insideOf: InsideOf): Unfolded {
  const insides = new Map(
    Object.values(graph.nodes).flatMap(({ id, type, block }) =>
      type === 'block' && block !== undefined ? [[id, insideOf(block)] as const] : [],
    ),
  );
  const drawn = insides.size === 0 ? graph : withInsides(graph, insides);
  const inDrawn = streamsOf(drawn);
  return { drawn, inDrawn, streams: insides.size === 0 ? inDrawn : withPartingWires(graph, insides, inDrawn) };
}

const inOf = (node: NodeId, passage: number) => `${node}\n${passage} in`;
const outOf = (node: NodeId, passage: number) => `${node}\n${passage} out`;
/** Id of the wire that goes around. */
const aroundOf = (start: NodeId) => `${start} around`;

function withInsides(graph: Graph, insides: Insides): Graph {
  const nodes: Record<NodeId, GraphNode> = { ...graph.nodes };
  const edges: Record<EdgeId, GraphEdge> = {};
  for (const [id, { passages, layers }] of insides) {
    const like = graph.nodes[id] as GraphNode;
    passages.forEach((_, index) => addSkip(nodes, edges, like, [inOf(id, index), outOf(id, index)]));
    for (let layer = 1; layer < layers; layer += 1) {
      nodes[layerOf(id, layer)] = like;
      addWire(edges, `${id}\nto ${layer}`, layerOf(id, layer - 1), layerOf(id, layer));
    }
  }
  for (const edge of Object.values(graph.edges)) {
    const out = passageAt(insides, edge.from.node, ({ outputs }) => outputs.has(edge.from.port));
    const into = passageAt(insides, edge.to.node, ({ inputs }) => inputs.has(edge.to.port));
    const last = layerOf(edge.from.node, Math.max(0, (insides.get(edge.from.node)?.layers ?? 1) - 1));
    edges[edge.id] = {
      ...edge,
      from: { node: out < 0 ? last : outOf(edge.from.node, out), port: edge.from.port },
      to: { node: into < 0 ? edge.to.node : inOf(edge.to.node, into), port: edge.to.port },
    };
  }
  return { nodes, edges };
}

const layerOf = (node: NodeId, layer: number) => (layer === 0 ? node : `${node}\nlayer ${layer}`);

function passageAt(insides: Insides, node: NodeId, is: (passage: Passage) => boolean): number {
  return insides.get(node)?.passages.findIndex(is) ?? -1;
}

function addWire(edges: Record<EdgeId, GraphEdge>, id: EdgeId, from: NodeId, to: NodeId): void {
  edges[id] = { id, from: { node: from, port: 'y' }, to: { node: to, port: 'x' } };
}

/** Two ways between two layers: one through a layer, one around it. Layers that are not there yet are added. */
function addSkip(
  nodes: Record<NodeId, GraphNode>,
  edges: Record<EdgeId, GraphEdge>,
  like: GraphNode,
  [start, end]: readonly [NodeId, NodeId],
): void {
  const main = `${start} main`;
  for (const id of [start, main, end]) nodes[id] ??= { ...like, id };
  addWire(edges, `${start} before`, start, main);
  addWire(edges, `${start} behind`, main, end);
  addWire(edges, aroundOf(start), start, end);
}

/** The wires into a block that part in it at once belong to the stream inside. */
function withPartingWires(graph: Graph, insides: Insides, found: Streams): Streams {
  const streams = new Map([...found].filter(([id]) => graph.edges[id]));
  for (const { id, to } of Object.values(graph.edges)) {
    const passage = passageAt(insides, to.node, ({ parting }) => parting.has(to.port));
    const number = passage < 0 ? undefined : found.get(aroundOf(inOf(to.node, passage)));
    if (number !== undefined && !streams.has(id)) streams.set(id, number);
  }
  return streams;
}

/**
 * Which streams of a definition reach its ports. A skip is put before each input and behind each output: where it is of one stream
 * with what is inside, another block before or behind it will be, too.
 */
function passagesOf(graph: Graph, { drawn, inDrawn, streams }: Unfolded): readonly Passage[] {
  if (inDrawn.size === 0) return [];
  const joined = streamsOf(withCaps(drawn));
  const begins = new Set(Object.values(graph.edges).flatMap(({ id, from }) => (streams.has(id) ? [from.node] : [])));
  const parts = new Map<number, Passage & Record<'inputs' | 'outputs' | 'parting', Set<string>>>();
  for (const id of inDrawn.keys()) {
    const number = joined.get(id);
    if (number !== undefined) parts.set(number, { inputs: new Set(), outputs: new Set(), parting: new Set() });
  }
  for (const { id, type, name } of portNodes(graph)) {
    const part = parts.get(joined.get(aroundOf(capOf(id))) ?? joined.get(aroundOf(id)) ?? -1);
    if (!part) continue;
    part[type === 'blockInput' ? 'inputs' : 'outputs'].add(name);
    if (type === 'blockInput' && begins.has(id)) part.parting.add(name);
  }
  return [...parts.values()].filter(({ inputs, outputs }) => inputs.size + outputs.size > 0);
}

const capOf = (input: NodeId) => `${input}\ncap`;

function portNodes(graph: Graph): readonly GraphNode[] {
  return Object.values(graph.nodes).filter(({ type }) => type === 'blockInput' || type === 'blockOutput');
}

function withCaps(graph: Graph): Graph {
  const nodes: Record<NodeId, GraphNode> = { ...graph.nodes };
  const edges: Record<EdgeId, GraphEdge> = { ...graph.edges };
  for (const node of portNodes(graph)) {
    const ends = node.type === 'blockInput' ? ([capOf(node.id), node.id] as const) : ([node.id, capOf(node.id)] as const);
    addSkip(nodes, edges, node, ends);
  }
  return { nodes, edges };
}
