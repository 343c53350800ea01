import type { FlatEdge, FlatNode, NetworkAnalysis, NodeAnalysis, NodePath } from '../../infer/analysis';
import { parsePort } from '../../graph/graph';
import type { AnyLayer, KerasLayer, KerasPart, KerasRecord } from '../../layers/define';
import { groupInputs } from '../../infer/groupInputs';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { snakeCase } from '../../layers/snakeCase';
import { err, ok, type Result } from '../../graph/result';
import { refusal, type ExportRefusal } from '../exporter';

/** One Keras layer of a functional model: made once, called once. */
export interface KerasCall {
  /** Unique, letters, digits and `_` only. */
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the calls whose outputs it reads, in order. */
  readonly inputs: readonly string[];
  /** Its weights in Keras's order: our full name, and Keras's (`moving_mean`). */
  readonly weights: readonly { readonly ours: string; readonly keras: string }[];
  /** The layer of the network that it stands for. */
  readonly layer: string;
  readonly call?: KerasLayer['call'];
  readonly notInTfjs?: string;
  readonly inTfjs?: KerasLayer['inTfjs'];
}

/** A network as Keras's functional API has it, in an order in which each call comes after its inputs. */
export interface KerasModel {
  readonly calls: readonly KerasCall[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

interface Walk {
  readonly analysis: NetworkAnalysis;
  readonly names: NameTable;
  /** The call that gives the output `port` of the layer at `path`, under `path:port`. */
  readonly producers: Map<string, string>;
  readonly calls: KerasCall[];
  readonly inputs: string[];
  readonly outputs: string[];
}

/** Walks the expanded network and asks each layer for its Keras record. Fails with every layer that has none. */
export function kerasModel(analysis: NetworkAnalysis, format: string): Result<KerasModel, ExportRefusal> {
  const walk: Walk = { analysis, names: nameTable(), producers: new Map(), calls: [], inputs: [], outputs: [] };
  const reasons = unfinished(analysis);
  if (reasons.length === 0) {
    for (const path of analysis.order) {
      const reason = visit(walk, analysis.flat.nodes.get(path) as FlatNode, analysis.nodes.get(path) as NodeAnalysis);
      if (reason) reasons.push(reason);
    }
  }
  if (reasons.length > 0) return err(refusal(format, reasons));
  return ok({ calls: walk.calls, inputs: walk.inputs, outputs: walk.outputs });
}

function unfinished(analysis: NetworkAnalysis): { layer: string; reason: string }[] {
  return analysis.problems
    .filter((problem) => problem.severity === 'error')
    .map((problem) => ({ layer: problem.path, reason: problem.message }));
}

function visit(walk: Walk, node: FlatNode, known: NodeAnalysis): { layer: string; reason: string } | undefined {
  const layer = findLayer(node.type);
  const params = layer && parseParams(layer, node.params);
  if (!layer || !params?.ok) return { layer: node.name, reason: `"${node.type}" is not a layer of this version.` };
  const sources = sourcesOf(walk, node);
  if (layer.type === 'output') {
    walk.outputs.push(sources.values().next().value as string);
    return undefined;
  }
  const record = layer.keras(params.value, groupInputs(layer, known.inputs) as never, { dataFormat: walk.analysis.flat.dataFormat });
  if ('unsupported' in record) return { layer: node.name, reason: record.unsupported };
  addCalls(walk, node, layer, record, sources, known);
  return undefined;
}

/** The wires that feed a layer, in the order of its ports and of their places, which is Keras's order of inputs. */
export function wiresInOrder({ flat }: NetworkAnalysis, path: NodePath): readonly FlatEdge[] {
  const inputs = findLayer(flat.nodes.get(path)?.type ?? '')?.inputs ?? [];
  const place = ({ to }: FlatEdge) => {
    const { name, index = 0 } = parsePort(to.port);
    return [inputs.findIndex((port) => port.name === name), index] as const;
  };
  return (flat.incoming.get(path) ?? []).toSorted((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
}

/** The calls that feed each input port of a layer, in the order of the ports. */
function sourcesOf(walk: Walk, node: FlatNode): Map<string, string> {
  return new Map(
    wiresInOrder(walk.analysis, node.path).map((edge) => [
      edge.to.port,
      walk.producers.get(`${edge.from.node}:${edge.from.port}`) as string,
    ]),
  );
}

function addCalls(
  walk: Walk,
  node: FlatNode,
  layer: AnyLayer,
  record: KerasRecord,
  sources: Map<string, string>,
  known: NodeAnalysis,
): void {
  const weights = known.weights.map((weight) => weight.name);
  if (!('parts' in record)) {
    const name = walk.names.unique(node.name);
    walk.calls.push(callOf(name, record, [...sources.values()], node, record.weights ?? weights));
    walk.producers.set(`${node.path}:${layer.outputs[0]?.name ?? 'y'}`, name);
    if (layer.type === 'input') walk.inputs.push(name);
    return;
  }
  const local = new Map(sources);
  for (const part of record.parts) {
    const name = walk.names.unique(`${node.name}_${part.name}`);
    local.set(part.name, name);
    walk.calls.push(callOf(name, part, partInputs(part, local), node, part.weights ?? []));
  }
  for (const [port, from] of Object.entries(record.outputs)) walk.producers.set(`${node.path}:${port}`, local.get(from) as string);
}

function partInputs(part: KerasPart, local: ReadonlyMap<string, string>): string[] {
  return part.inputs.map((input) => local.get(input) as string);
}

function callOf(name: string, layer: KerasLayer, inputs: readonly string[], node: FlatNode, weights: readonly string[]): KerasCall {
  return {
    name,
    className: layer.className,
    config: layer.config,
    inputs,
    weights: weights.map((weight) => ({ ours: `${node.name}/${weight}`, keras: layer.weightNames?.[weight] ?? kerasWeightName(weight) })),
    layer: node.name,
    ...(layer.call ? { call: layer.call } : {}),
    ...(layer.notInTfjs === undefined ? {} : { notInTfjs: layer.notInTfjs }),
    ...(layer.inTfjs ? { inTfjs: layer.inTfjs } : {}),
  };
}

const OWN_NAME = /(gamma|beta|moving_mean|moving_variance|(?:depthwise_|pointwise_|recurrent_)?kernel|bias)$/;

/** Keras's own name of a weight: snake_case, and without the part that says which layer of several it is of. */
function kerasWeightName(weight: string): string {
  const snake = snakeCase(weight);
  return OWN_NAME.exec(snake)?.[1] ?? snake;
}

interface NameTable {
  unique(path: string): string;
}

/** Keras forbids `/` in names and wants each once. */
function nameTable(): NameTable {
  const taken = new Set<string>();
  return {
    unique(path) {
      const base = path.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^([^A-Za-z])/, 'layer_$1');
      let name = base;
      for (let count = 1; taken.has(name); count += 1) name = `${base}_${count}`;
      taken.add(name);
      return name;
    },
  };
}
