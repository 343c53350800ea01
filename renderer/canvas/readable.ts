import type { SkipDocument } from '../../shared/document/document';
import type { NodeId } from '../../shared/graph/graph';
import type { NodePorts } from '../../shared/graph/ports';
import { formatShape } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { faceOf, withResolved } from '../../shared/picture/face';
import type { PlacedWire } from '../../shared/picture/courses';
import { pathIn, type CurrentGraph } from '../state/location';
import { inTwoWords } from './problemWords';

/** What is read of a layer beside its name. */
export interface LayerWords {
  readonly icon: string;
  /** Key parameters, or what is wrong. */
  readonly line: string;
  readonly isProblem: boolean;
  /** No shape is known of it, because of what is before it. */
  readonly isBlocked: boolean;
}

/** What of a network is read from near; found when it is painted, and once. */
export interface Readable {
  layer(id: NodeId): LayerWords | undefined;
  /** `16×16×32`, or empty while unknown. */
  shape(wire: PlacedWire): string;
}

export interface ReadableInputs {
  readonly current: CurrentGraph;
  readonly blocks: SkipDocument['blocks'];
  readonly analysis: NetworkAnalysis;
}

export function createReadable({ current, blocks, analysis }: ReadableInputs): Readable {
  const known = new Map<NodeId, LayerWords | undefined>();
  const shapes = new Map<PlacedWire, string>();
  const find = (id: NodeId): LayerWords | undefined => {
    const node = current.graph.nodes[id];
    if (!node) return undefined;
    const path = pathIn(current.prefix, id);
    const own = analysis.nodes.get(path);
    const problem = own?.problems[0];
    const face = withResolved(faceOf(node, { blocks }), node, analysis.flat.nodes.get(path)?.params, own?.copies);
    const line = problem ? inTwoWords(problem) : face.summary;
    return { icon: face.icon, line, isProblem: problem !== undefined, isBlocked: own?.blockedBy !== undefined };
  };
  const shapeOf = ({ edge: { from } }: PlacedWire) => {
    const type = analysis.nodes.get(pathIn(current.prefix, from.node))?.outputs[from.port];
    return type ? formatShape(type.shape) : '';
  };
  return {
    layer: (id) => remembered(known, id, find),
    shape: (wire) => remembered(shapes, wire, shapeOf),
  };
}

function remembered<K, V>(known: Map<K, V>, key: K, find: (key: K) => V): V {
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before as V;
  const found = find(key);
  known.set(key, found);
  return found;
}

/** Ports that are seen while nothing points at their layer. */
export function shownPorts(ports: NodePorts['inputs']): readonly number[] {
  return ports.flatMap(({ isSpare }, index) => (isSpare ? [] : [index]));
}
