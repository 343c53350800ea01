import { isUnsettled } from '../blocks/resolveParams';
import { parsePort } from '../graph/graph';
import type { LayerProblem, Mismatch, Problem } from '../graph/problem';
import { formatShape, type TensorType } from '../graph/tensor';
import { diagnoseMismatch, type DiagnosisInput } from '../diagnose/mismatch';
import type { AnyLayer } from '../layers/define';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import type { FlatGraph, FlatNode, NodeAnalysis, NodePath } from './analysis';
import { elementTypeProblem } from './elementTypes';
import { portsInOrder } from './groupInputs';
import { parsedParams, resultOf, type Memo } from './memo';
import { typeTable } from './typeTable';

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
  readonly memo: Memo;
}

/** All that can be known of one layer. */
export function analyzeLayer(node: FlatNode, inputs: LayerInputs, around: Surroundings): NodeAnalysis {
  const nothing = () => emptyAnalysis(node.path, node.name, inputs);
  // Why its definition could not be put in its place is told by the expansion.
  if (node.type === 'block') return nothing();
  const layer = findLayer(node.type);
  if (!layer) return { ...nothing(), problems: [unknownType(node)] };
  const params = parsedParams(around.memo, layer, node.params);
  if (!params.ok) {
    return {
      ...nothing(),
      problems: params.error
        // Where the expression stands, in the layer or in the instance that gives it, it is told that it has no value.
        .filter(({ param }) => !isUnsettled(node.params[param]))
        .map((error) =>
          toProblem(node, layer, { code: 'param/invalid', param: error.param, message: `${error.param}: ${error.message}.` }),
        ),
    };
  }
  const missing = missingInput(node, layer, around.flat);
  if (missing) return { ...nothing(), problems: [missing] };
  if (inputs.blockedBy !== undefined) return nothing();
  const wrongType = elementTypeProblem(layer, inputs.types);
  if (wrongType) return { ...nothing(), problems: [toProblem(node, layer, wrongType)] };
  const result = resultOf(around.memo, layer, { given: node.params, parsed: params.value }, inputs.types);
  return {
    path: node.path,
    name: node.name,
    inputs: inputs.types,
    outputs: result.outputs,
    weights: result.weights,
    parameters: result.parameters,
    trainableParameters: result.trainableParameters,
    macs: result.macs,
    problems: result.problems.length === 0 ? none : result.problems.map((problem) => told(node, layer, problem, inputs, around)),
    blockedBy: undefined,
  };
}

const none: readonly never[] = [];

function told(node: FlatNode, layer: AnyLayer, problem: LayerProblem, { types }: LayerInputs, around: Surroundings): Problem {
  if (!problem.mismatch) return toProblem(node, layer, problem);
  return mismatchProblem(node, layer, { ...problem, mismatch: atPorts(problem.mismatch, types) }, around);
}

/** What is known of a layer of which nothing is known but what arrives there. */
export function emptyAnalysis(path: NodePath, name: string, inputs: LayerInputs = { types: {}, blockedBy: undefined }): NodeAnalysis {
  return {
    path,
    name,
    inputs: inputs.types,
    outputs: typeTable(),
    weights: none,
    parameters: undefined,
    trainableParameters: undefined,
    macs: undefined,
    problems: none,
    blockedBy: inputs.blockedBy,
  };
}

function missingInput(node: FlatNode, layer: AnyLayer, flat: FlatGraph): Problem | undefined {
  // What waits for a wire to a block is wired; what is missing is told of the block.
  const wired = [
    ...(flat.incoming.get(node.path) ?? none).map(({ to }) => to.port),
    ...(flat.open.get(node.path) ?? none).map(({ port }) => port),
  ];
  const first = layer.inputs.find((spec) => !isWired(spec, wired));
  if (!first) return undefined;
  const missing = layer.inputs
    .filter((spec) => !isWired(spec, wired))
    .map(({ name, variadic }) => (variadic ? `${name} (${countAt(name, wired)} of at least ${variadic.min})` : name));
  return toProblem(node, layer, {
    code: 'graph/not-connected',
    message:
      missing.length === 1 && missing[0] === 'x'
        ? 'its input is not connected. Wire a layer to it.'
        : `not connected: ${missing.join(', ')}. Wire layers to it.`,
    port: first.name,
  });
}

function isWired({ name, variadic }: AnyLayer['inputs'][number], wired: readonly string[]): boolean {
  return variadic ? countAt(name, wired) >= variadic.min : wired.includes(name);
}

/** Wired ports of a variadic one; several wires at one of them count once. */
function countAt(name: string, wired: readonly string[]): number {
  return new Set(wired.filter((port) => parsePort(port).name === name)).size;
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
