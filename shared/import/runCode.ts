import type { DataFormat } from '../graph/tensor';
import type { Framework } from './forms/forms';
import type { Statement } from './python/syntax';
import { apply, callValue } from './run/call';
import { execute, instantiate } from './run/execute';
import { placeInput } from './run/inputs';
import { note, place, startRun, type Run } from './run/run';
import { dataOf, type ClassValue, type Data, type ObjectValue, type Scope, type Source, type Value } from './run/values';

/** Follows a text and uses what it makes but does not use itself: a Sequential, a class, layers one after the other. */
export function runCode(statements: readonly Statement[], framework: Framework, dataFormat: DataFormat): Run {
  const run = startRun(framework, dataFormat, callValue);
  const scope: Scope = { names: new Map(), around: undefined };
  execute(run, scope, statements);
  if (run.layers.every(({ type }) => type === 'input')) applyUnused(run, scope);
  poolWhole(run);
  addOutputs(run);
  return run;
}

/** In the order: a model that was made, a class that was not, chains, single layers. */
function applyUnused(run: Run, scope: Scope): void {
  const values = [...scope.names.values()];
  const objects = values.filter((value): value is ObjectValue => value.kind === 'object' && value.uses === 0);
  const classes = values.filter((value): value is ClassValue => value.kind === 'class' && value.isModel && value.uses === 0);
  const model = objects.findLast(({ of }) => of !== undefined) ?? lastModel(run, classes);
  if (model) applyModel(run, model);
  if (run.layers.some(({ type }) => type !== 'input')) return;
  applyInRow(run);
}

function lastModel(run: Run, classes: readonly ClassValue[]): ObjectValue | undefined {
  const last = classes.findLast(({ functions }) => functions.has('forward') || functions.has('call') || functions.has('__init__'));
  return last && instantiate(run, last, [], last.line);
}

function applyModel(run: Run, model: ObjectValue): void {
  const forward = model.of?.functions.get('forward') ?? model.of?.functions.get('call');
  const count = Math.max(1, (forward?.parameters.slice(1) ?? []).filter((parameter) => !parameter.default).length);
  const inputs = Array.from({ length: count }, (): Value => ({ kind: 'tensor', of: 'incoming' }));
  apply(run, model, inputs, model.of?.line ?? 1);
}

/** Chains and layers that stand for themselves, each fed by the one before. */
function applyInRow(run: Run): void {
  const made = [...run.made].filter(({ uses }) => uses === 0);
  const singles = made.filter(({ kind }) => kind === 'layer').length;
  if (made.length > 1 && singles > 0)
    note(run, 1, 'The text does not say how these layers are wired; they are wired in the order in which they stand.');
  let fed: Value = firstInput(run, made[0]) ?? { kind: 'tensor', of: 'incoming' };
  for (const value of made) fed = apply(run, value, [fed], value.kind === 'chain' ? value.line : value.recipe.line);
}

/** Keras lets the first layer say what it takes: `Dense(8, input_shape=(4,))`; or an `Input` stands before it. */
function firstInput(run: Run, first: Value | undefined): Value | undefined {
  if (first?.kind === 'tensor') return first;
  if (first?.kind === 'chain') return firstInput(run, first.items[0]);
  if (first?.kind !== 'layer') return undefined;
  const { args, line } = first.recipe;
  const given = (name: string) => args.find((arg) => arg.name === name)?.value;
  const sizes = sizesOf(given('input_shape')) ?? sizesOf(given('input_dim')) ?? sizesOf(given('batch_input_shape'))?.slice(1);
  return sizes && placeInput(run, sizes, line);
}

function sizesOf(value: Value | undefined): readonly Data[] | undefined {
  const data = value && dataOf(value);
  if (typeof data === 'number') return [data];
  return Array.isArray(data) ? (data as readonly Data[]) : undefined;
}

/** PyTorch pools a whole image to 1×1 and flattens it; that is global pooling, which every target has. */
function poolWhole({ layers }: Run): void {
  for (const [index, layer] of layers.entries()) {
    if (layer.type !== 'adaptiveAveragePooling2d' || layer.params['height'] !== 1 || layer.params['width'] !== 1) continue;
    const users = layers.filter(({ inputs }) => inputs.some((source) => typeof source === 'object' && source.layer === index));
    if (users.length > 0 && users.every(({ type }) => type === 'flatten'))
      layers[index] = { ...layer, type: 'globalAveragePooling2d', params: {} };
  }
}

/** A network that says what goes in says what comes out, too. */
function addOutputs(run: Run): void {
  const { layers, ends } = run;
  if (!layers.some(({ type }) => type === 'input')) return;
  const used = new Set(
    layers.flatMap(({ inputs }) => inputs.flatMap((source) => (source === undefined || source === 'incoming' ? [] : [source.layer]))),
  );
  const unused = layers.flatMap(({ line }, layer): { source: Source; line: number }[] =>
    used.has(layer) ? [] : [{ source: { layer, port: 'y' }, line }],
  );
  const named = ends.map((source) => ({ source, line: source === 'incoming' ? 1 : (layers[source.layer]?.line ?? 1) }));
  for (const { source, line } of named.length > 0 ? named : unused)
    place(run, { type: 'output', params: {}, name: undefined, line, inputs: [source], expects: undefined, unknown: undefined });
}
