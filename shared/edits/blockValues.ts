import type { BlockDefinition, SkipDocument } from '../document/document';
import { isKnown } from '../graph/dim';
import type { Graph, GraphEdge, GraphNode, NodeId, Params } from '../graph/graph';
import { portsOf, nothingTaken } from '../graph/ports';
import { channelAxis, type TensorType } from '../graph/tensor';
import { wiresAlong } from '../graph/walk';
import { analyze } from '../infer/analyze';

/** Blocks that are looked at on the way back. */
const REACH = 48;
/** An image of this few channels is data, not features: nobody makes as many filters. */
const DATA_CHANNELS = 4;

/**
 * The values with which a new instance of a block starts behind `behind`: those of the nearest instance of the same block,
 * or else so many `filters` (`channels`, `width`) that it takes what comes and, where it can, gives as many channels, as a residual
 * block must. Each candidate is proven by inference of the block alone; where none holds, the defaults.
 */
export function blockValues(
  document: SkipDocument,
  graph: Graph,
  block: BlockDefinition,
  behind: NodeId | undefined,
  type: TensorType | undefined,
): Params {
  const twin = behind === undefined ? undefined : nearestOf(graph, behind, block);
  const channels = type && channelsOf(type, document);
  if (!type || channels === undefined) return {};
  const fromTwin = twin ? [widthsOf(block, twin.params)] : [];
  const candidates = [...fromTwin, ...valuesFor(block, channels)];
  const usual = channels <= DATA_CHANNELS ? [{}, ...candidates] : [...candidates, {}];
  const proven = usual
    .map((values) => ({ values, gives: given(document, block, values, type) }))
    .filter(({ gives }) => gives !== undefined);
  const same = channels <= DATA_CHANNELS ? undefined : proven.find(({ gives }) => gives === channels);
  return (same ?? proven[0])?.values ?? {};
}

/** Parameters that say how wide a block is. */
const WIDTHS = ['filters', 'channels', 'width'];

function widthsOf(block: BlockDefinition, params: Params): Params {
  const own = new Set(block.parameters.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(params).filter(([name, value]) => WIDTHS.includes(name) && own.has(name) && typeof value === 'number'),
  );
}

/** As wide as what comes, or a quarter of it: a bottleneck gives four times its filters. */
function valuesFor({ parameters }: BlockDefinition, channels: number): readonly Params[] {
  const names = parameters.filter(({ name, default: usual }) => WIDTHS.includes(name) && typeof usual === 'number').map(({ name }) => name);
  if (names.length === 0) return [];
  return [channels, channels / 4]
    .filter((width) => Number.isInteger(width) && width > 0)
    .map((width) => Object.fromEntries(names.map((name) => [name, width])));
}

function channelsOf({ shape }: TensorType, { dataFormat }: SkipDocument): number | undefined {
  const channels = shape[channelAxis(shape.length, dataFormat)];
  return channels !== undefined && isKnown(channels) ? channels : undefined;
}

/** How many channels a block gives for this input, all alone; undefined where something in it is wrong then. */
function given(document: SkipDocument, block: BlockDefinition, params: Params, type: TensorType): number | undefined {
  const at = { x: 0, y: 0 };
  const shape = type.shape.slice(1).map((size, axis) => (isKnown(size) ? size : `S${axis}`));
  const input: GraphNode = { id: 'input', type: 'input', name: 'input', params: { shape, dtype: type.dtype }, position: at };
  const instance: GraphNode = { id: 'instance', type: 'block', block: block.id, name: 'instance', params, position: at };
  const { inputs, outputs } = portsOf(instance, document.blocks, nothingTaken);
  const [port, out] = [inputs[0]?.id, outputs[0]?.id];
  if (port === undefined || out === undefined || inputs.length > 1) return undefined;
  const edge: GraphEdge = { id: 'e', from: { node: 'input', port: 'y' }, to: { node: 'instance', port } };
  const { problems, nodes } = analyze({ ...document, graph: { nodes: { input, instance }, edges: { e: edge } } });
  if (problems.some(({ severity }) => severity === 'error')) return undefined;
  const result = nodes.get('instance')?.outputs[out];
  return result && channelsOf(result, document);
}

/** The nearest instance of a block on the way back along first wires. */
function nearestOf(graph: Graph, from: NodeId, { id }: BlockDefinition): GraphNode | undefined {
  const seen = new Set<NodeId>();
  for (
    let at: NodeId | undefined = from;
    at !== undefined && seen.size < REACH && !seen.has(at);
    at = wiresAlong(graph, at, 'back')[0]?.from.node
  ) {
    const node: GraphNode | undefined = graph.nodes[at];
    if (node?.block === id) return node;
    seen.add(at);
  }
  return undefined;
}
