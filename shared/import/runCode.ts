import type { DataFormat } from '../graph/tensor';
import { formsOf, type Framework } from './forms/forms';
import type { Statement } from './python/syntax';
import { apply, callValue } from './run/call';
import { execute, instantiate, invoke } from './run/execute';
import { firstInput } from './run/inputs';
import { takeLastSteps } from './run/lastStep';
import { note, place, startRun, type Run } from './run/run';
import { uncalledFunctions } from './run/uncalled';
import { INCOMING, type ClassValue, type ObjectValue, type Scope, type Source, type Value } from './run/values';

/** Follows a text and uses what it makes but does not use itself: a Sequential, a class, layers one after the other. */
export function runCode(statements: readonly Statement[], framework: Framework, dataFormat: DataFormat): Run {
  const run = startRun(framework, dataFormat, callValue);
  const scope: Scope = { names: new Map(), around: undefined };
  execute(run, scope, statements);
  if (run.layers.every(({ type }) => type === 'input')) applyUnused(run, scope);
  poolWhole(run);
  takeLastSteps(run);
  addOutputs(run);
  return run;
}

/** In the order: a model that was made, a class that was not, chains and single layers, a function that makes a network. */
function applyUnused(run: Run, scope: Scope): void {
  const values = [...new Set([...run.shown, ...scope.names.values()])];
  const objects = values.filter((value): value is ObjectValue => value.kind === 'object' && value.uses === 0);
  const classes = values.filter((value): value is ClassValue => value.kind === 'class' && value.isModel && value.uses === 0);
  const model = objects.findLast(({ of }) => of !== undefined) ?? lastModel(run, classes);
  if (model) applyModel(run, model);
  if (run.layers.some(({ type }) => type !== 'input')) return;
  if (run.made.size === 0) applyFunction(run, values);
  // Of two models of one name, the later one is meant.
  const isOvertaken = (value: Value) => run.named.has(value) && !values.includes(value);
  for (const value of run.made) if (isOvertaken(value)) run.made.delete(value);
  applyInRow(run);
}

function lastModel(run: Run, classes: readonly ClassValue[]): ObjectValue | undefined {
  const last = classes.findLast(({ functions }) => ['forward', 'call', '__init__', '_init_', 'init'].some((name) => functions.has(name)));
  return last && instantiate(run, last, [], last.line);
}

/** `def build_model(…)`, copied without its call: what it wants and has no value for is what the snippet is wired to, or not known. */
function applyFunction(run: Run, values: readonly Value[]): void {
  const functions = uncalledFunctions(values, run.called);
  const last = functions.at(-1);
  if (!last) return;
  const args = last.parameters.flatMap((parameter): { name: string; value: Value }[] =>
    parameter.default ? [] : [{ name: parameter.name, value: { kind: 'path', name: parameter.name } }],
  );
  const others = functions.slice(0, -1).map(({ name }) => `“${name}”`);
  const also = others.length === 0 ? '' : ` Not followed: ${others.slice(0, 5).join(', ')}.`;
  const made = invoke(run, last, args, last.line);
  if (made.kind === 'object' && made.uses === 0) applyModel(run, made);
  if (made.kind === 'chain' || made.kind === 'list') apply(run, asChain(made, last.line), [firstInput(run, made) ?? INCOMING], last.line);
  if (run.layers.length > 0) note(run, last.line, `Nothing calls “${last.name}”; it was followed with the values that stand in it.${also}`);
}

function asChain(made: Extract<Value, { kind: 'chain' | 'list' }>, line: number): Value {
  return made.kind === 'chain' ? made : { kind: 'chain', items: made.items, line, uses: 0 };
}

function applyModel(run: Run, model: ObjectValue): void {
  const forward = model.of?.functions.get('forward') ?? model.of?.functions.get('call');
  const count = Math.max(1, (forward?.parameters.slice(1) ?? []).filter((parameter) => !parameter.default).length);
  const inputs = Array.from({ length: count }, () => INCOMING);
  apply(run, model, inputs, model.of?.line ?? 1);
}

/** Chains and layers that stand for themselves, each fed by the one before. */
function applyInRow(run: Run): void {
  const unused = [...run.made].filter(({ uses }) => uses === 0);
  // Beside a model, a class that is not known is no layer of it.
  const hasChain = unused.some(({ kind }) => kind === 'chain');
  const made = unused.filter((value) => !hasChain || value.kind === 'chain' || formsOf(run.framework).has(value.recipe.className));
  if (made.length > 1) {
    const what = made.every(({ kind }) => kind === 'chain') ? `these ${made.length} parts` : 'these layers';
    note(run, 1, `The text does not say how ${what} are wired; they are wired in the order in which they stand.`);
  }
  let fed: Value = firstInput(run, made[0]) ?? INCOMING;
  for (const value of made) fed = apply(run, value, [fed], value.kind === 'chain' ? value.line : value.recipe.line);
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
