import { isKnown } from '../graph/dim';
import { parsePort } from '../graph/graph';
import type { LayerProblem, Mismatch, Problem } from '../graph/problem';
import { formatShape, sameType, type TensorType } from '../graph/tensor';
import { diagnoseMismatch, type DiagnosisInput } from '../diagnose/mismatch';
import type { AnyLayer, LayerContext, WeightSpec } from '../layers/define';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import type { FlatGraph, FlatNode, NodeAnalysis, NodePath } from './analysis';
import { elementTypeProblem } from './elementTypes';
import { groupInputs, portsInOrder } from './groupInputs';

/** What arrives at a layer: types by port, and the node because of which a wire carries nothing known. */
export interface LayerInputs {
  readonly types: Readonly<Record<string, TensorType>>;
  readonly blockedBy: NodePath | undefined;
}

/** The part of the network that is analysed already. */
export interface Surroundings {
  readonly flat: FlatGraph;
  readonly nodes: ReadonlyMap<NodePath, NodeAnalysis>;
  readonly position: ReadonlyMap<NodePath, number>;
}

/** All that can be known of one layer. `before` lends its type objects where they are equal, so that nothing below is made anew. */
export function analyzeLayer(node: FlatNode, inputs: LayerInputs, before: NodeAnalysis | undefined, around: Surroundings): NodeAnalysis {
  const nothing: NodeAnalysis = {
    path: node.path,
    name: node.name,
    inputs: inputs.types,
    outputs: {},
    weights: [],
    parameters: undefined,
    trainableParameters: undefined,
    macs: undefined,
    problems: [],
    blockedBy: inputs.blockedBy,
  };
  const layer = findLayer(node.type);
  if (!layer) return { ...nothing, problems: [unknownType(node)] };
  const params = parseParams(layer, node.params);
  if (!params.ok) {
    return {
      ...nothing,
      problems: params.error.map((error) =>
        toProblem(node, layer, { code: 'param/invalid', param: error.param, message: `${error.param}: ${error.message}.` }),
      ),
    };
  }
  const missing = missingInput(node, layer, around.flat);
  if (missing) return { ...nothing, problems: [missing] };
  if (inputs.blockedBy !== undefined) return nothing;
  return infer(node, layer, params.value, inputs, before, around, nothing);
}

function infer(
  node: FlatNode,
  layer: AnyLayer,
  params: Record<string, unknown>,
  inputs: LayerInputs,
  before: NodeAnalysis | undefined,
  around: Surroundings,
  nothing: NodeAnalysis,
): NodeAnalysis {
  const context: LayerContext = { dataFormat: around.flat.dataFormat };
  const grouped = groupInputs(layer, inputs.types) as never;
  const wrongType = elementTypeProblem(layer, inputs.types);
  if (wrongType) return { ...nothing, problems: [toProblem(node, layer, wrongType)] };
  const inferred = layer.infer(grouped, params, context);
  const told = (problem: LayerProblem) =>
    problem.mismatch
      ? mismatchProblem(node, layer, { ...problem, mismatch: atPorts(problem.mismatch, inputs.types) }, around)
      : toProblem(node, layer, problem);
  if (!inferred.ok) return { ...nothing, problems: [told(inferred.error)] };
  const outputs = kept(inferred.value, before?.outputs);
  const impossible = impossibleSize(node, layer, outputs);
  if (impossible) return { ...nothing, problems: [impossible] };
  const weights = layer.weights(grouped, params, context);
  const macs = layer.macs(grouped, outputs, params, context);
  return {
    ...nothing,
    outputs,
    weights,
    parameters: elements(weights),
    trainableParameters: elements(weights.filter((weight) => weight.trainable)),
    macs: isKnown(macs) ? macs : undefined,
    problems: layer.warnings(grouped, params, context).map(told),
  };
}

function elements(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

function kept(
  outputs: Readonly<Record<string, TensorType>>,
  before: Readonly<Record<string, TensorType>> | undefined,
): Record<string, TensorType> {
  return Object.fromEntries(
    Object.entries(outputs).map(([port, type]) => {
      const old = before?.[port];
      return [port, old && sameType(old, type) ? old : type];
    }),
  );
}

function missingInput(node: FlatNode, layer: AnyLayer, flat: FlatGraph): Problem | undefined {
  const wired = new Set((flat.incoming.get(node.path) ?? []).map((edge) => edge.to.port));
  const missing = layer.inputs.flatMap((spec) => {
    if (!spec.variadic) return wired.has(spec.name) ? [] : [spec.name];
    const count = [...wired].filter((port) => parsePort(port).name === spec.name).length;
    return count >= spec.variadic.min ? [] : [`${spec.name} (${count} of at least ${spec.variadic.min})`];
  });
  if (missing.length === 0) return undefined;
  const port = layer.inputs.find((spec) => missing.some((name) => name.startsWith(spec.name)))?.name;
  return toProblem(node, layer, {
    code: 'graph/not-connected',
    message:
      missing.length === 1 && missing[0] === 'x'
        ? 'its input is not connected. Wire a layer to it.'
        : `not connected: ${missing.join(', ')}. Wire layers to it.`,
    ...(port === undefined ? {} : { port }),
  });
}

function impossibleSize(node: FlatNode, layer: AnyLayer, outputs: Readonly<Record<string, TensorType>>): Problem | undefined {
  const bad = Object.values(outputs).find((type) => type.shape.some((dim) => isKnown(dim) && dim < 1));
  return (
    bad &&
    toProblem(node, layer, {
      code: 'shape/impossible',
      message: `its result would be ${formatShape(bad.shape)}; every size must be at least 1. Use smaller strides or a larger input.`,
    })
  );
}

function unknownType(node: FlatNode): Problem {
  return {
    ...place(node),
    code: 'layer/unknown',
    severity: 'error',
    message: `"${node.name}": this version does not know the layer "${node.type}". It is kept as it is; use the version that made it, or replace it.`,
    id: `${node.path}:layer/unknown`,
  };
}

function place(node: FlatNode): Pick<Problem, 'node' | 'path' | 'blocked'> {
  return { node: node.path, path: node.name, blocked: [] };
}

function toProblem(node: FlatNode, layer: AnyLayer, problem: LayerProblem): Problem {
  return {
    ...place(node),
    id: `${node.path}:${problem.code}${problem.param ? `:${problem.param}` : ''}`,
    code: problem.code,
    severity: problem.severity ?? 'error',
    message: `${layer.title} "${node.name}": ${problem.message}`,
    ...(problem.port === undefined ? {} : { port: problem.port }),
    ...(problem.param === undefined ? {} : { param: problem.param }),
  };
}

/** A layer counts the inputs that are wired; the graph has them at ports, between which there may be gaps. */
function atPorts(mismatch: Mismatch, types: LayerInputs['types']): Mismatch {
  const rows = mismatch.rows.map((row) => {
    const { name, index } = parsePort(row.port);
    return index === undefined ? row : { ...row, port: portsInOrder(name, types)[index] ?? row.port };
  });
  return { ...mismatch, rows };
}

function mismatchProblem(
  node: FlatNode,
  layer: AnyLayer,
  problem: LayerProblem & { readonly mismatch: Mismatch },
  around: Surroundings,
): Problem {
  const input: DiagnosisInput = { ...around, summary: (path) => summaryOf(around.flat.nodes.get(path)) };
  const mismatch = diagnoseMismatch(input, node.path, problem.mismatch);
  const what = problem.message.split(':')[0] ?? problem.message;
  const given = mismatch.rows.map((row, index) => `${mismatch.paths[index]?.fromPath ?? row.port} gives ${formatShape(row.shape)}`);
  return { ...toProblem(node, layer, problem), message: `${layer.title} "${node.name}": ${what}: ${given.join(', ')}.`, mismatch };
}

/** `3×3 · 128 · /2` of a layer; empty where its parameters are wrong. */
export function summaryOf(node: { readonly type: string; readonly params: FlatNode['params'] } | undefined): string {
  const layer = node && findLayer(node.type);
  const params = layer && parseParams(layer, node.params);
  return layer && params?.ok ? layer.summary(params.value) : '';
}
