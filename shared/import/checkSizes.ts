import { graphOf, withGraph } from '../graph/applyEdits';
import type { SkipDocument } from '../document/document';
import type { GraphRef } from '../graph/edit';
import type { GraphEdge, GraphNode, NodeId, ParamValue } from '../graph/graph';
import { formatDim } from '../graph/dim';
import { channelAxis } from '../graph/tensor';
import { analyze } from '../infer/analyze';
import type { NetworkAnalysis, NodePath } from '../infer/analysis';
import type { Expectation, ImportedCode } from './importCode';
import type { Note } from './run/run';

/** Where a layer gets other channels or features than the code says that it takes. */
export function sizeNotes(
  document: SkipDocument,
  analysis: NetworkAnalysis,
  expected: ReadonlyMap<NodePath, Expectation>,
): readonly Note[] {
  return [...expected].flatMap(([path, { channels, line }]) => {
    const node = analysis.flat.nodes.get(path);
    const [type] = Object.values(analysis.nodes.get(path)?.inputs ?? {});
    const received = type?.shape[node?.type === 'dense' ? type.shape.length - 1 : channelAxis(type.shape.length, document.dataFormat)];
    if (node === undefined || received === undefined || received === channels) return [];
    const what = node.type === 'dense' ? 'features' : 'channels';
    return [
      { line, text: `“${node.name}” expects ${channels} ${what} and receives ${formatDim(received)}; here they follow from the input.` },
    ];
  });
}

/** Sizes of images that networks are written for, the usual ones first. */
const SIZES = [224, 28, 32, 64, 96, 128, 256, 299, 227, 48, 16, 8, 512] as const;

/**
 * The input of a network whose code does not say it, as PyTorch's does not: its channels stand in the first layer, and the
 * height and width are those for which every later layer gets what it expects. Undefined where the first layer says nothing.
 */
export function inputFor(imported: ImportedCode): readonly ParamValue[] | undefined {
  const [first] = imported.open;
  if (first && imported.tried && misfits(imported, imported.tried) === 0) return imported.tried;
  const expects = first && firstExpectation(imported, first.node);
  if (!expects) return undefined;
  const { node, channels, isFlattened } = expects;
  const turned = (height: ParamValue, width: ParamValue, depth: number = channels) =>
    imported.clip.dataFormat === 'channelsFirst' ? [depth, height, width] : [height, width, depth];
  if (node.type === 'dense' && isFlattened) return squareOf(channels, turned) ?? [channels];
  if (node.type === 'dense') return [channels];
  if (SEQUENCES.has(node.type)) return ['T', channels];
  const open = turned('H', 'W');
  if (misfits(imported, open) === 0) return open;
  const fitting = SIZES.find((size) => misfits(imported, turned(size, size)) === 0);
  return fitting === undefined ? open : turned(fitting, fitting);
}

/** Layers over the steps of a sequence. */
const SEQUENCES = new Set(['conv1d', 'lstm', 'gru', 'simpleRnn', 'bidirectional']);

/** A square image of so many numbers, grey or in colours: what stands before a Flatten nearly always is one. */
function squareOf(
  count: number,
  image: (height: number, width: number, depth: number) => readonly ParamValue[],
): readonly ParamValue[] | undefined {
  for (const depth of [1, 3]) {
    const side = Math.sqrt(count / depth);
    if (Number.isInteger(side) && side > 1) return image(side, side, depth);
  }
  return undefined;
}

interface FirstExpectation {
  readonly node: GraphNode;
  readonly channels: number;
  readonly isFlattened: boolean;
}

/** The first layer along the way that says how many channels it takes; what keeps them is passed. */
function firstExpectation({ clip, expected }: ImportedCode, start: NodeId): FirstExpectation | undefined {
  let at: NodeId | undefined = start;
  let isFlattened = false;
  for (let steps = 0; at !== undefined && steps < 100; steps += 1) {
    const node: GraphNode | undefined = clip.graph.nodes[at];
    const expectation = expected.get(at);
    if (node && expectation) return { node, channels: expectation.channels, isFlattened };
    isFlattened ||= node?.type === 'flatten';
    if (!node || node.type === 'reshape') return undefined;
    at = Object.values(clip.graph.edges).find(({ from }) => from.node === at)?.to.node;
  }
  return undefined;
}

function misfits(imported: ImportedCode, shape: readonly ParamValue[]): number {
  const document = withEnds(imported, shape);
  const analysis = analyze(document);
  const known = new Set(imported.unknown.map(({ name }) => name));
  const problems = analysis.problems.filter(
    ({ severity, node }) => severity === 'error' && !known.has(analysis.flat.nodes.get(node)?.type ?? ''),
  );
  return problems.length + sizeNotes(document, analysis, imported.expected).length;
}

/** The layers with an input before what is open and an output behind what ends: a network that can be trained. */
export function withEnds(imported: ImportedCode, shape: readonly ParamValue[]): SkipDocument {
  const { clip, open, ends } = imported;
  const left = Math.min(...Object.values(clip.graph.nodes).map(({ position }) => position.x));
  const nodes: GraphNode[] = [
    { id: 'input', type: 'input', name: 'input', params: { shape, dtype: 'float32' }, position: { x: left - 240, y: 0 } },
  ];
  const edges: GraphEdge[] = open.map((to, index) => ({ id: `in${index}`, from: { node: 'input', port: 'y' }, to }));
  for (const [index, from] of ends.entries()) {
    const { position } = clip.graph.nodes[from.node] as GraphNode;
    const id = `output${index + 1}`;
    nodes.push({
      id,
      type: 'output',
      name: ends.length === 1 ? 'output' : id,
      params: {},
      position: { x: position.x + 240, y: position.y },
    });
    edges.push({ id: `out${index}`, from, to: { node: id, port: 'x' } });
  }
  return joined(clip, 'network', nodes, edges);
}

function joined(document: SkipDocument, ref: GraphRef, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): SkipDocument {
  const graph = graphOf(document, ref);
  if (!graph) return document;
  // Inputs first: lists are read in this order.
  const isInput = ({ type }: GraphNode) => type === 'input';
  const before = Object.fromEntries(nodes.filter(isInput).map((node) => [node.id, node]));
  const after = Object.fromEntries(nodes.filter((node) => !isInput(node)).map((node) => [node.id, node]));
  return withGraph(document, ref, {
    ...graph,
    nodes: { ...before, ...graph.nodes, ...after },
    edges: { ...graph.edges, ...Object.fromEntries(edges.map((edge) => [edge.id, edge])) },
  });
}
