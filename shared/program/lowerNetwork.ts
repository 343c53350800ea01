import { parsePort } from '../graph/graph';
import type { TensorType } from '../graph/tensor';
import type { FlatNode, NetworkAnalysis, NodeAnalysis, NodePath } from '../infer/analysis';
import type { AnyLayer, LowerContext } from '../layers/define';
import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import { outsideType, toInside } from './dataFormat';
import { arrivingMasks, leavingMask, type MaskTable } from './masks';
import { ProgramError } from './programError';
import { penalty } from './regularizer';

/** Gives a layer by its type; undefined for one that the registry does not know. */
export type FindLayer = (type: string) => AnyLayer | undefined;

/** Every value of a network inside a program: of each node, its output ports. Images are channels-last. */
export interface LoweredNetwork {
  readonly values: ReadonlyMap<NodePath, Readonly<Record<string, Value>>>;
  /** What arrives at each `output` node, by its name. */
  readonly outputs: ReadonlyMap<string, Value>;
  /** Which steps of an output count, by its name; left out where all do. */
  readonly outputMasks: ReadonlyMap<string, Value>;
}

/** What the layers become primitives for. */
export interface LoweringOptions {
  readonly findLayer: FindLayer;
  readonly training: boolean;
}

/** Appends every layer of a network whose types are known, in the order of the analysis. */
export function lowerNetwork(builder: ProgramBuilder, analysis: NetworkAnalysis, options: LoweringOptions): LoweredNetwork {
  const values = new Map<NodePath, Readonly<Record<string, Value>>>();
  const outputs = new Map<string, Value>();
  const outputMasks = new Map<string, Value>();
  const masks: MaskTable = new Map();
  for (const path of analysis.order) {
    const node = analysis.flat.nodes.get(path);
    const operands = node && operandsOf(analysis, path, values);
    if (!node || !operands) continue;
    const [first] = Object.values(operands);
    const arriving = arrivingMasks(analysis.flat, path, masks);
    if (node.type === 'output' && first) {
      outputs.set(node.name, first);
      for (const mask of Object.values(arriving)) outputMasks.set(node.name, mask);
    }
    const results = builder.within(path, () =>
      node.type === 'input'
        ? { values: inputValue(builder, analysis, node), mask: undefined }
        : lowerLayer(builder, analysis, { node, operands, masks: arriving }, options),
    );
    if (results?.values) values.set(path, results.values);
    if (results?.mask) masks.set(path, results.mask);
  }
  return { values, outputs: inOrderOfDrawing(analysis, outputs), outputMasks };
}

/** The document's order, which does not change with the wiring. */
function inOrderOfDrawing({ flat }: NetworkAnalysis, outputs: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const names = [...flat.nodes.values()].filter(({ type }) => type === 'output').map(({ name }) => name);
  return new Map(names.flatMap((name) => (outputs.has(name) ? [[name, outputs.get(name) as Value] as const] : [])));
}

/** The values at the input ports, by port; undefined where one of them is not there. */
function operandsOf(
  analysis: NetworkAnalysis,
  path: NodePath,
  values: LoweredNetwork['values'],
): Readonly<Record<string, Value>> | undefined {
  const entries = (analysis.flat.incoming.get(path) ?? []).map(({ from, to }) => [to.port, values.get(from.node)?.[from.port]] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as Record<string, Value>;
}

function inputValue(builder: ProgramBuilder, analysis: NetworkAnalysis, node: FlatNode): Readonly<Record<string, Value>> | undefined {
  const [port] = Object.entries(analysis.nodes.get(node.path)?.outputs ?? {});
  if (!port) return undefined;
  const [name, type] = port;
  return { [name]: toInside(builder, builder.input(`input/${node.name}`, type), analysis.flat.dataFormat) };
}

/** A layer and what arrives at it, by port. */
interface Arrived {
  readonly node: FlatNode;
  readonly operands: Readonly<Record<string, Value>>;
  readonly masks: Readonly<Record<string, Value>>;
}

interface LoweredLayer {
  readonly values: Readonly<Record<string, Value>> | undefined;
  readonly mask: Value | undefined;
}

function lowerLayer(
  builder: ProgramBuilder,
  analysis: NetworkAnalysis,
  { node, operands, masks }: Arrived,
  { findLayer, training }: LoweringOptions,
): LoweredLayer | undefined {
  const layer = findLayer(node.type);
  const known = analysis.nodes.get(node.path);
  if (!layer || !known || !isComplete(layer, known.outputs)) return undefined;
  const context: LowerContext = {
    dataFormat: analysis.flat.dataFormat,
    training,
    inputTypes: byPort(layer, known.inputs),
    outputTypes: known.outputs,
    masks,
  };
  const weights = weightValues(builder, node, known);
  try {
    const params = layer.params.parse(node.params);
    const values = layer.lower(builder, byPort(layer, operands), weights, params, context);
    checkResults(values, known.outputs, analysis);
    return { values, mask: leavingMask(builder, analysis.flat, { layer, node, params, operands, masks }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`${node.type} "${node.name}": ${reason}`, { cause: error });
  }
}

function weightValues(builder: ProgramBuilder, node: FlatNode, known: NodeAnalysis): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    known.weights.map(({ name, shape, initializer, trainable, regularizer, constraint }) => {
      const role = trainable ? ('weight' as const) : ('state' as const);
      const value = builder.variable({ name: `${node.name}/${name}`, shape, role, initializer, ...(constraint ? { constraint } : {}) });
      const added = regularizer && penalty(builder, value, regularizer);
      if (added) builder.addLoss(added);
      return [name, value];
    }),
  );
}

function isComplete(layer: AnyLayer, outputs: Readonly<Record<string, TensorType>>): boolean {
  return layer.outputs.every(({ name }) => outputs[name] !== undefined);
}

/** A variadic port's values in the order of their indices, under the port's name. */
function byPort<T>(layer: AnyLayer, byId: Readonly<Record<string, T>>): Readonly<Record<string, T & readonly T[]>> {
  const entries = layer.inputs.map(({ name, variadic }) => {
    if (!variadic) return [name, byId[name]] as const;
    const list = Object.keys(byId)
      .map((id) => ({ id, ...parsePort(id) }))
      .filter((port) => port.name === name)
      .sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
    return [name, list.map(({ id }) => byId[id])] as const;
  });
  return Object.fromEntries(entries) as Readonly<Record<string, T & readonly T[]>>;
}

/** A layer that becomes something else than it inferred is wrong in one of both places. */
function checkResults(
  results: Readonly<Record<string, Value>>,
  types: Readonly<Record<string, TensorType>>,
  { flat }: NetworkAnalysis,
): void {
  for (const [port, type] of Object.entries(types)) {
    const value = results[port];
    const received = value && JSON.stringify(outsideType(value.type, flat.dataFormat));
    if (received !== JSON.stringify(type)) {
      throw new ProgramError(`its output "${port}" was inferred as ${JSON.stringify(type)}, became ${received ?? 'nothing'}.`);
    }
  }
}
