import type { SkipDocument } from '../document/document';
import type { Annotation, BlockId, EdgeId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { nothingTaken, portsOf, takenPorts, type TakenPorts } from '../graph/ports';
import { formatShape } from '../graph/tensor';
import type { NetworkAnalysis, NodePath } from '../infer/analysis';
import { faceOf, withResolved, type Kind } from './face';
import { nodeHeight, NODE_WIDTH, portOffset, type Box, type PlacedNode } from './geometry';
import { createWayfinder, portPosition } from './wayfinding';
import { labelWidth, wireCorners, wirePath } from './wirePath';

/** A layer as it is drawn, without any colour or font. */
export interface SceneNode extends Box {
  readonly id: NodeId;
  readonly kind: Kind;
  readonly name: string;
  /** The line of key parameters. */
  readonly summary: string;
  readonly isBlock: boolean;
  /** Ends of wires at it. */
  readonly ports: readonly Position[];
  readonly hasError: boolean;
}

/** A wire as it is drawn. */
export interface SceneWire {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** An SVG path: orthogonal, with rounded corners and hops over other wires. */
  readonly d: string;
  /** `28×28×128`; empty while unknown. */
  readonly shape: string;
  /** Where the shape has room; left out where it has none. */
  readonly label?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    /** On a level piece of the wire, over which it may stand. */
    readonly isLevel: boolean;
  };
}

/** A graph as it is drawn: boxes, wires and words in their places, in the graph's own coordinates. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly wires: readonly SceneWire[];
  readonly annotations: readonly Annotation[];
  readonly box: Box;
}

export interface SceneOf {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly graph: Graph;
  /** What stands before the ids of this graph in paths: empty, or the way into an instance with a `/` at its end. */
  readonly prefix: NodePath;
}

/** The scene of a graph. Linear in layers, and in wires times the layers near them. */
export function sceneOf(of: SceneOf): Scene {
  const { document, graph } = of;
  const taken = takenPorts(graph);
  const placed = Object.values(graph.nodes).map((node): PlacedNode => {
    const ports = portsOf(node, document.blocks, taken.get(node.id) ?? nothingTaken);
    return { id: node.id, position: node.position, data: { ports, height: nodeHeight(ports) } };
  });
  const wires = sceneWires(of, placed);
  const nodes = placed.map((node) => sceneNode(graph.nodes[node.id] as GraphNode, node, taken.get(node.id) ?? nothingTaken, of));
  const annotations = Object.values(graph.annotations ?? {});
  return { nodes, wires, annotations, box: boxAround(nodes, annotations, wires) };
}

function sceneWires({ analysis, graph, prefix }: SceneOf, placed: readonly PlacedNode[]): readonly SceneWire[] {
  const edges = Object.values(graph.edges);
  const ways = createWayfinder()(edges, placed, false);
  const byId = new Map(placed.map((node) => [node.id, node]));
  return edges.flatMap((edge): SceneWire[] => {
    const { id, from, to, route } = edge;
    const source = portPosition(byId.get(from.node), from.port, 'outputs');
    const target = portPosition(byId.get(to.node), to.port, 'inputs');
    if (!source || !target) return [];
    const way = { lane: ways.lanes.get(id), hops: ways.hops.get(id), forks: ways.forks.has(id), route };
    const { d, label, room } = wirePath(source, target, way);
    const type = analysis.nodes.get(prefix + from.node)?.outputs[from.port];
    const shape = type ? formatShape(type.shape) : '';
    const width = labelWidth(shape);
    const fits = shape !== '' && room >= width + 8 && (ways.clear.get(id) ?? Infinity) >= width + 2;
    return [
      {
        id,
        from: from.node,
        to: to.node,
        d,
        shape,
        ...(fits ? { label: labelAt(wireCorners(source, target, way), label, width) } : {}),
      },
    ];
  });
}

/** An upright piece shorter than this is a jog: what is written on it would hide it. */
const JOG = 30;

/** A label where the wire has room for it; at a jog it stands over the higher piece, as on a level one. */
function labelAt(corners: readonly Position[], label: Position, width: number): NonNullable<SceneWire['label']> {
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    const isOn = Math.abs(from.x - to.x) < 0.5 && Math.abs(from.x - label.x) < 0.5 && (from.y - label.y) * (to.y - label.y) < 0;
    if (isOn)
      return {
        ...label,
        y: Math.abs(from.y - to.y) < JOG ? Math.min(from.y, to.y) : label.y,
        width,
        isLevel: Math.abs(from.y - to.y) < JOG,
      };
  }
  return { ...label, width, isLevel: true };
}

function sceneNode(node: GraphNode, placed: PlacedNode, taken: TakenPorts, { document, analysis, prefix }: SceneOf): SceneNode {
  const path = prefix + node.id;
  const known = analysis.nodes.get(path);
  const face = withResolved(faceOf(node, document), node, analysis.flat.nodes.get(path)?.params, known?.copies);
  const { position, data } = placed;
  const dots = (side: 'inputs' | 'outputs') =>
    data.ports[side].flatMap((port, index) =>
      taken[side].includes(port.id)
        ? [{ x: position.x + (side === 'outputs' ? NODE_WIDTH : 0), y: position.y + portOffset(data.ports[side], index, data.height) }]
        : [],
    );
  return {
    ...{ id: node.id, ...position, width: NODE_WIDTH, height: data.height, kind: face.kind, name: node.name, summary: face.summary },
    isBlock: node.type === 'block',
    ports: [...dots('inputs'), ...dots('outputs')],
    hasError: known?.problems[0]?.severity === 'error',
  };
}

/** All that is drawn, wires that go around layers included. An empty graph has a small empty box. */
function boxAround(nodes: readonly Box[], annotations: readonly Annotation[], wires: readonly SceneWire[]): Box {
  const boxes: readonly Box[] = [...nodes, ...annotations.map(({ position, size }) => ({ ...position, ...size }))];
  const ways = wires.flatMap(({ d }) => pointsOf(d));
  const xs = [...boxes.flatMap(({ x, width }) => [x, x + width]), ...ways.map(([x]) => x)];
  const ys = [...boxes.flatMap(({ y, height }) => [y, y + height]), ...ways.map(([, y]) => y)];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (boxes.length === 0) return { x: 0, y: 0, width: NODE_WIDTH, height: 64 };
  return { x: least(xs), y: least(ys), width: most(xs) - least(xs), height: most(ys) - least(ys) };
}

/** The ends of the straight pieces of a path as `wirePath` writes it. */
function pointsOf(d: string): readonly (readonly [number, number])[] {
  return [...d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** Where the first instance of a definition stands in the expanded network; undefined where it has none. */
export function firstInstance({ flat }: NetworkAnalysis, block: BlockId): NodePath | undefined {
  for (const { path, source } of flat.nodes.values())
    if (source.graph !== 'network' && source.graph.block === block) return path.slice(0, path.length - source.id.length);
  return undefined;
}
