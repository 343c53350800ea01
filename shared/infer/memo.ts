import { BATCH, isKnown } from '../graph/dim';
import type { Params } from '../graph/graph';
import type { LayerProblem } from '../graph/problem';
import { formatShape, type DataFormat, type TensorType } from '../graph/tensor';
import { constraintProblems } from '../layers/_constraints';
import type { AnyLayer, WeightSpec } from '../layers/define';
import { parseParams, rememberParsed } from '../layers/parse';
import type { NodeAnalysis } from './analysis';
import { groupInputs, typesInOrder } from './groupInputs';
import { typeTable } from './typeTable';

/** What a layer makes of its inputs wherever it stands; names and places are added there. */
export type LayerResult = Pick<NodeAnalysis, 'outputs' | 'weights' | 'parameters' | 'trainableParameters' | 'macs'> & {
  readonly problems: readonly LayerProblem[];
};

/**
 * What was inferred already, for all layers of equal parameters and equal inputs: a network of 50 equal blocks infers one of them.
 * Handed on from analysis to analysis. Types are shared: two that are equal are one object.
 */
export interface Memo {
  readonly dataFormat: DataFormat;
  /** By a layer's kind and its parameters as text. */
  readonly byText: Map<string, Root>;
  readonly byParams: WeakMap<Params, Root>;
  readonly types: Map<string, TensorType>;
  /** Parameters and results that are kept. */
  size: number;
}

/** Results by the types of the inputs, one type at each step. */
interface Step {
  result: LayerResult | undefined;
  next: Map<TensorType, Step> | undefined;
}

/** Where the results of one layer and its parameters begin. */
interface Root extends Step {
  readonly layer: AnyLayer;
  readonly params: Params;
}

/** Parameters and results that are kept for each layer of the network, and for a small network; then a new memo is begun. */
const KEPT = { each: 8, least: 4096 };

const none: ReadonlyMap<string, NodeAnalysis> = new Map();

/** The memo of the last analysis, which was for the same data format, or an empty one where there was none or it has grown large. */
export function memoAfter(before: Memo | undefined, dataFormat: DataFormat, nodes: ReadonlyMap<string, NodeAnalysis> = none): Memo {
  if (before && before.size < KEPT.least + KEPT.each * nodes.size) return before;
  const memo: Memo = { dataFormat, byText: new Map(), byParams: new WeakMap(), types: new Map(), size: 0 };
  // Types stay the same objects, so that what reads them stays as it is.
  for (const { outputs } of nodes.values()) for (const type of Object.values(outputs)) shared(memo, type);
  return memo;
}

/** The result of a layer whose parameters are valid and whose inputs are all known. */
export function resultOf(
  memo: Memo,
  layer: AnyLayer,
  params: { readonly given: Params; readonly parsed: Record<string, unknown> },
  types: Readonly<Record<string, TensorType>>,
): LayerResult {
  let step: Step = rootOf(memo, layer, params.given);
  for (const type of typesInOrder(layer, types)) step = follow(step, type);
  if (step.result) return step.result;
  memo.size += 1;
  return (step.result = inferred(memo, layer, params.parsed, types));
}

function rootOf(memo: Memo, layer: AnyLayer, params: Params): Root {
  const known = memo.byParams.get(params);
  if (known?.layer === layer) return known;
  const text = `${layer.type}\n${textOf(params)}`;
  const root = memo.byText.get(text) ?? begun(memo, text, { layer, params, result: undefined, next: undefined });
  memo.byParams.set(params, root);
  return root;
}

/** Two texts are the same only where the parameters are: JSON writes null for numbers that are none as well. */
function textOf(params: Params): string {
  const text = JSON.stringify(params);
  return text.includes('null') ? JSON.stringify(params, exactly) : text;
}

function exactly(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? `\0${value}` : value;
}

function begun(memo: Memo, text: string, root: Root): Root {
  memo.byText.set(text, root);
  memo.size += 1;
  return root;
}

/** Reads the parameters of a layer; those of a layer with equal ones are read already. */
export function parsedParams(memo: Memo, layer: AnyLayer, params: Params): ReturnType<typeof parseParams> {
  const { params: equal } = rootOf(memo, layer, params);
  if (equal !== params) rememberParsed(layer, params, equal);
  return parseParams(layer, params);
}

function follow(step: Step, type: TensorType): Step {
  step.next ??= new Map();
  const known = step.next.get(type);
  if (known) return known;
  const next: Step = { result: undefined, next: undefined };
  step.next.set(type, next);
  return next;
}

function inferred(memo: Memo, layer: AnyLayer, params: Record<string, unknown>, types: Readonly<Record<string, TensorType>>): LayerResult {
  const context = { dataFormat: memo.dataFormat };
  const grouped = groupInputs(layer, types) as never;
  const result = layer.infer(grouped, params, context);
  if (!result.ok) return failed(result.error);
  const outputs = sharedAll(memo, result.value);
  const impossible = impossibleSize(outputs);
  if (impossible) return failed(impossible);
  const weights = layer.weights(grouped, params, context);
  const macs = layer.macs(grouped, outputs, params, context);
  return {
    outputs,
    weights,
    parameters: elements(weights),
    trainableParameters: elements(weights.filter((weight) => weight.trainable)),
    macs: isKnown(macs) ? macs : undefined,
    problems: [...layer.warnings(grouped, params, context), ...constraintProblems(weights, params)],
  };
}

function failed(problem: LayerProblem): LayerResult {
  return { outputs: typeTable(), weights: [], parameters: undefined, trainableParameters: undefined, macs: undefined, problems: [problem] };
}

function elements(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

function impossibleSize(outputs: Readonly<Record<string, TensorType>>): LayerProblem | undefined {
  const bad = Object.values(outputs).find((type) => type.shape.some((dim) => isKnown(dim) && dim < 1));
  return (
    bad && {
      code: 'shape/impossible',
      message: `its result would be ${formatShape(bad.shape)}; every size must be at least 1. Use smaller strides or a larger input.`,
    }
  );
}

function sharedAll(memo: Memo, outputs: Readonly<Record<string, TensorType>>): Readonly<Record<string, TensorType>> {
  const all = typeTable();
  for (const [port, type] of Object.entries(outputs)) all[port] = shared(memo, type);
  return all;
}

function shared({ types }: Memo, type: TensorType): TensorType {
  const key = `${type.dtype} ${type.shape.map((dim) => (isKnown(dim) ? dim : dim === BATCH ? 'N' : JSON.stringify(dim))).join(' ')}`;
  const known = types.get(key) ?? type;
  types.set(key, known);
  return known;
}
