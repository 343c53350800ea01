import type { SkipDocument } from '../document/document';
import { directionOf, type FlowDirection } from '../graph/direction';
import type { Annotation, BlockId, EdgeId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { nothingTaken, portsOf } from '../graph/ports';
import { takenPorts } from '../graph/takenPorts';
import { streamsThrough } from '../graph/blockStreams';
import { formatShape } from '../graph/tensor';
import type { NetworkAnalysis, NodePath } from '../infer/analysis';
import { faceOf, withResolved, type Kind } from './face';
import { boxOfAnnotation } from './frames';
import { boundsOfBoxes, isStraight, nodeSize, NODE_HEIGHT, NODE_WIDTH, type Box, type PlacedNode } from './geometry';
import { createStraightener } from './straighten';
import { createWayfinder, type Ways } from './wayfinding';
import { LABEL_HEIGHT, labelFits, labelMiddle, labelWidth, type LabelPlace } from './labelPlace';
import type { PlacedWire } from './courses';
import { pathThrough, placeOfLabel } from './wirePath';

/** A layer as it is drawn, without any colour or font. */
export interface SceneNode extends Box {
  readonly id: NodeId;
  readonly kind: Kind;
  readonly name: string;
  /** The line of key parameters. */
  readonly summary: string;
  readonly isBlock: boolean;
  /** Arcs over a residual block. */
  readonly skips: number;
  readonly hasError: boolean;
}

/** A wire as it is drawn. */
export interface SceneWire {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** An SVG path: orthogonal, with rounded corners and hops over other wires. */
  readonly d: string;
  readonly corners: readonly Position[];
  /** `28×28×128`; empty while unknown. */
  readonly shape: string;
  /** Where the shape has room; left out where it has none. */
  readonly label?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    /** On a level piece of the wire, over which it may stand; on an upright one; or beside the wire. */
    readonly stands: 'over' | 'on' | 'beside';
  };
}

/** A graph as it is drawn: boxes, wires and words in their places, in the graph's own coordinates. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly wires: readonly SceneWire[];
  readonly annotations: readonly Annotation[];
  readonly direction: FlowDirection;
  readonly box: Box;
  /** The wires of residual streams, by the number of each; found when it is asked for. */
  streams(): ReadonlyMap<EdgeId, number>;
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
  const direction = directionOf(graph);
  const taken = takenPorts(graph);
  const edges = Object.values(graph.edges);
  const loose = Object.values(graph.nodes).map((node): PlacedNode => {
    const ports = portsOf(node, document.blocks, taken.get(node.id) ?? nothingTaken);
    return { id: node.id, position: node.position, data: { ports, ...nodeSize(ports, direction) } };
  });
  const placed = createStraightener()(loose, edges, direction);
  const ways = createWayfinder()(edges, placed, false, direction);
  const wires = sceneWires(of, ways);
  const nodes = placed.map((node) => sceneNode(graph.nodes[node.id] as GraphNode, node, of));
  const annotations = Object.values(graph.annotations ?? {});
  const courses = [...ways.courses.values()].map(({ bounds }) => bounds);
  const around = [...nodes, ...annotations.map(boxOfAnnotation), ...courses, ...wires.flatMap(labelBox)];
  const box = nodes.length + annotations.length === 0 ? EMPTY : boundsOfBoxes(around);
  return { nodes, wires, annotations, direction, box, streams: () => streamsThrough(graph, document.blocks) };
}

/** An empty graph has a small empty box. */
const EMPTY: Box = { x: 0, y: 0, width: NODE_WIDTH, height: NODE_HEIGHT };

function sceneWires({ analysis, graph, prefix }: SceneOf, ways: Ways): readonly SceneWire[] {
  const direction = directionOf(graph);
  return Object.values(graph.edges).flatMap(({ id, from, to }): SceneWire[] => {
    const course = ways.courses.get(id);
    if (!course) return [];
    const { corners, isFork } = course;
    const d = pathThrough(corners, ways.hops.get(id) ?? []);
    const place = placeOfLabel(corners, { forks: isFork, direction });
    const type = analysis.nodes.get(prefix + from.node)?.outputs[from.port];
    const shape = type ? formatShape(type.shape) : '';
    const width = labelWidth(shape);
    const fits = shape !== '' && labelFits(place.room, course, width, direction);
    return [
      {
        id,
        from: from.node,
        to: to.node,
        d,
        corners,
        shape,
        ...(fits ? { label: direction === 'right' ? labelAt(corners, place, width) : labelBeside(course, place, width) } : {}),
      },
    ];
  });
}

/** An upright piece shorter than this is a jog: what is written on it would hide it. */
const JOG = 30;

/** A label where the wire has room for it; at a jog it stands over the higher piece, as on a level one. */
function labelAt(corners: readonly Position[], { label }: LabelPlace, width: number): NonNullable<SceneWire['label']> {
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    const isOn = isStraight(from.x, to.x) && isStraight(from.x, label.x) && (from.y - label.y) * (to.y - label.y) < 0;
    if (isOn && Math.abs(from.y - to.y) < JOG) return { x: label.x, y: Math.min(from.y, to.y), width, stands: 'over' };
    if (isOn) return { ...label, width, stands: 'on' };
  }
  return { ...label, width, stands: 'over' };
}

function labelBox({ label }: SceneWire): readonly Box[] {
  if (label?.stands !== 'beside') return [];
  return [{ x: label.x - label.width / 2, y: label.y - LABEL_HEIGHT / 2, width: label.width, height: LABEL_HEIGHT }];
}

function labelBeside(wire: PlacedWire, { label }: LabelPlace, width: number): NonNullable<SceneWire['label']> {
  return { ...labelMiddle(label, width, wire, 'down'), width, stands: 'beside' };
}

function sceneNode(node: GraphNode, placed: PlacedNode, { document, analysis, prefix }: SceneOf): SceneNode {
  const path = prefix + node.id;
  const known = analysis.nodes.get(path);
  const face = withResolved(faceOf(node, document), node, analysis.flat.nodes.get(path)?.params, known?.copies);
  const { position, data } = placed;
  return {
    ...{ id: node.id, ...position, width: data.width, height: data.height, kind: face.kind, name: node.name, summary: face.summary },
    isBlock: node.type === 'block',
    skips: face.skips,
    hasError: known?.problems[0]?.severity === 'error',
  };
}

/** Where the first instance of a definition stands in the expanded network; undefined where it has none. */
export function firstInstance({ flat }: NetworkAnalysis, block: BlockId): NodePath | undefined {
  for (const { path, source } of flat.nodes.values())
    if (source.graph !== 'network' && source.graph.block === block) return path.slice(0, path.length - source.id.length);
  return undefined;
}
