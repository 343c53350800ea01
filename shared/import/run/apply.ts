import type { Params, ParamValue } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { formsOf } from '../forms/forms';
import { concatenated } from '../forms/specials';
import type { Call, Step } from '../forms/step';
import { stepsOf } from '../forms/steps';
import { areBothDirections } from './lastStep';
import { isMeasured } from './results';
import { note, place, type Run } from './run';
import {
  dataOf,
  INCOMING,
  isWalkable,
  type CallArgument,
  type Data,
  type LayerValue,
  type Recipe,
  type Source,
  UNKNOWN,
  type Value,
} from './values';

/** What a value feeds a layer with; a name that the text does not define is what the snippet will be wired to. */
export function sourcesOf(value: Value): readonly (Source | undefined)[] {
  return isWalkable(value) ? sourcesInside(value) : [];
}

function sourcesInside(value: Value): readonly (Source | undefined)[] {
  if (value.kind === 'tensor') return [value.of];
  if (value.kind === 'list') return value.items.flatMap(sourcesInside);
  if (value.kind === 'path') return value.name.includes('.') ? [] : ['incoming'];
  return value.kind === 'unknown' ? [undefined] : [];
}

/** What a layer that makes nothing new gives on. */
export function fedBy(source: Source | undefined): Value {
  return source === undefined ? INCOMING : { kind: 'tensor', of: source };
}

export function isTensor(value: Value): boolean {
  return isWalkable(value) && isTensorInside(value);
}

function isTensorInside(value: Value): boolean {
  return value.kind === 'tensor' || (value.kind === 'list' && value.items.length > 0 && value.items.every(isTensorInside));
}

/** Uses a layer: it stands in the network, fed by these. */
export function applyLayer(run: Run, layer: LayerValue, inputs: readonly (Source | undefined)[], line: number): Value {
  layer.uses += 1;
  const steps = stepsOf(callOf(run, layer.recipe), layer.recipe.args);
  if (layer.uses === 2 && steps?.some(({ type }) => hasWeights(type)))
    note(run, line, `“${layer.name ?? layer.recipe.className}” is used more than once; here each use has weights of its own.`);
  const name = layer.name ?? nameArgument(layer.recipe);
  return steps ? placeSteps(run, steps, inputs, layer.recipe.line, name) : placeUnknown(run, layer.recipe, inputs, name);
}

/** Whether a layer learns anything, seen by its first example. */
function hasWeights(type: string): boolean {
  const layer = findLayer(type);
  const [example] = layer?.examples ?? [];
  const params = layer && parseParams(layer, (example?.params ?? {}) as Params);
  if (!layer || !example || !params?.ok) return false;
  const typeOf = (shape: readonly unknown[]) => ({
    dtype: 'float32' as const,
    shape: shape.map((size) => (typeof size === 'number' ? size : 1)),
  });
  const inputs = Object.entries(example.inputs).map(([port, shape]) => [
    port,
    Array.isArray(shape[0]) ? shape.map((one) => typeOf(one as readonly unknown[])) : typeOf(shape),
  ]);
  return layer.weights(Object.fromEntries(inputs) as never, params.value, { dataFormat: example.dataFormat ?? 'channelsLast' }).length > 0;
}

/** What a list of tensors holds, or the tensor. */
function listed(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [value];
}

function callOf(run: Run, { className, line }: Recipe): Call {
  return {
    framework: run.framework,
    className,
    dataFormat: run.dataFormat,
    values: new Map(),
    unsaid: new Map(),
    note: (text) => note(run, line, `${className}: ${text}.`),
  };
}

function nameArgument({ args }: Recipe): string | undefined {
  const value = args.find(({ name }) => name === 'name')?.value;
  return value?.kind === 'plain' && typeof value.value === 'string' ? value.value : undefined;
}

/** Layers in a row; the one that carries the weights has the name of the code. */
export function placeSteps(run: Run, steps: readonly Step[], inputs: readonly (Source | undefined)[], line: number, name?: string): Value {
  const named = Math.max(
    0,
    steps.findIndex(({ type }) => type !== 'pad'),
  );
  let fed = inputs;
  let result = fedBy(inputs[0]);
  for (const [index, { type, params, expects }] of steps.entries()) {
    result = place(run, { type, params, expects, line, inputs: fed, name: index === named ? name : undefined, unknown: undefined });
    fed = sourcesOf(result);
  }
  return result;
}

/** A layer that is not known here keeps its name and what the code says of it. */
export function placeUnknown(run: Run, recipe: Recipe, inputs: readonly (Source | undefined)[], name: string | undefined): Value {
  const form = formsOf(run.framework).get(recipe.className);
  const type = form?.layer.type ?? recipe.className;
  const params = Object.fromEntries(
    recipe.args.map(({ name: key, value }, index) => [key ?? `argument${index + 1}`, asParam(dataOf(value))]),
  );
  return place(run, {
    type: `${run.framework}.${type}`,
    params,
    expects: undefined,
    line: recipe.line,
    inputs,
    name: name ?? type,
    unknown: recipe.className,
  });
}

function asParam(data: Data | undefined): ParamValue {
  return data === undefined ? null : data;
}

const MERGES: Readonly<Record<string, string>> = {
  add: 'add',
  Add: 'add',
  subtract: 'subtract',
  sub: 'subtract',
  multiply: 'multiply',
  mul: 'multiply',
  average: 'average',
  maximum: 'maximum',
  minimum: 'minimum',
  cat: 'concatenate',
  concat: 'concatenate',
  concatenate: 'concatenate',
};

/** What Keras 1 calls them: `merge([a, b], mode='concat')`. */
const MODES: Readonly<Record<string, string>> = {
  sum: 'add',
  mul: 'multiply',
  concat: 'concatenate',
  ave: 'average',
  max: 'maximum',
};

/** `torch.cat([a, b], dim=1)`, `layers.add([a, b])`; undefined where the function merges nothing. */
export function applyMerge(run: Run, name: string, args: readonly CallArgument[], line: number): Value | undefined {
  const mode = run.framework === 'keras' && /^[mM]erge$/.test(name) ? modeOf(args) : undefined;
  return mode ? mergedBy(run, mode.type, mode.args, line) : mergedBy(run, name, args, line);
}

/** Keras 1 says how it merges by an argument, the second one, and adds where nothing is said. */
function modeOf(args: readonly CallArgument[]): { readonly type: string; readonly args: readonly CallArgument[] } | undefined {
  const [first, second] = args.filter(({ name }) => name === undefined);
  const given = args.find(({ name }) => name === 'mode') ?? second;
  const mode = given ? dataOf(given.value) : 'sum';
  const type = typeof mode === 'string' && Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
  const inputs = args.find(({ name }) => name === 'inputs' || name === 'layers') ?? first;
  const axis = args.find(({ name }) => name === 'concat_axis');
  if (type === undefined || !inputs) return undefined;
  return { type, args: [{ name: undefined, value: inputs.value }, ...(axis ? [{ name: 'axis', value: axis.value }] : [])] };
}

function mergedBy(run: Run, name: string, args: readonly CallArgument[], line: number): Value | undefined {
  const type = MERGES[name];
  const merged = args.filter(({ value }) => isTensor(value)).map(({ value }) => value);
  const tensors = merged.flatMap(sourcesOf);
  if (type === undefined || tensors.length < 2) return undefined;
  if (isMeasured(merged)) return UNKNOWN;
  if (type === 'concatenate' && areBothDirections(run, merged.flatMap(listed))) return merged.flatMap(listed)[0];
  const axis =
    args.find(({ name: key }) => key === 'dim' || key === 'axis')?.value ?? args.filter(({ name: key }) => key === undefined)[1]?.value;
  const steps =
    type === 'concatenate' ? concatenated(callOf(run, { className: name, args, line }), axis && dataOf(axis)) : [{ type, params: {} }];
  return placeSteps(run, steps ?? [], tensors, line);
}
