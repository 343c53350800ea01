import { weightSetting } from '../forms/weightSettings';
import { applyLayer, applyMerge, isTensor, sourcesOf } from './apply';
import { builtIn, growing } from './builtIns';
import { instantiate, invoke } from './execute';
import { applyFunction } from './functions';
import { firstInput, tried } from './inputs';
import { asPart, asResult, holdsLayers } from './results';
import { note, type Run } from './run';
import { isAround } from './around';
import {
  dataOf,
  INCOMING,
  listOf,
  plain,
  sizeOf,
  UNKNOWN,
  type CallArgument,
  type ChainValue,
  type LayerValue,
  type ObjectValue,
  type Value,
} from './values';

/** What a call gives: a layer that is made, a tensor that a layer gives, or what a function of the text returns. */
export function callValue(run: Run, callee: Value, args: readonly CallArgument[], line: number): Value {
  // What is called may walk through all of them. One by one, so that it ends before too many were looked at.
  for (const { value } of args) run.step(line, sizeOf(value));
  switch (callee.kind) {
    case 'path':
      return callPath(run, callee.name, args, line);
    case 'class':
      return instantiate(run, callee, args, line);
    case 'function':
      return invoke(run, callee, args, line);
    case 'layer':
    case 'chain':
    case 'object':
    case 'list':
      if (isAgain(run, callee, args)) return UNKNOWN;
      return callModule(run, callee, args, line);
    case 'method':
      return callMethod(run, callee.of, callee.name, args, line);
    default:
      return UNKNOWN;
  }
}

function callModule(run: Run, callee: Value, args: readonly CallArgument[], line: number): Value {
  const inputs = args.flatMap(({ name, value }) => (name === 'training' || name === 'mask' ? [] : [value]));
  return isModel(run, callee) ? asResult(run, apply(run, callee, inputs.map(fed), line)) : apply(run, callee, inputs, line);
}

/** A model that is used, and not as a part of another. */
function isModel(run: Run, callee: Value): callee is ChainValue | ObjectValue {
  return !run.isInModel && (callee.kind === 'chain' || callee.kind === 'object');
}

/** Data, which nothing is known of, is what the network is wired to. */
function fed(value: Value): Value {
  return value.kind === 'unknown' ? INCOMING : value;
}

/** A model that is used again on what comes from outside: a loop that trains it. It is drawn once. */
function isAgain(run: Run, callee: Value, args: readonly CallArgument[]): boolean {
  if (!isModel(run, callee) || callee.uses === 0) return false;
  return args.every(({ value }) => sourcesOf(value).every((source) => source === undefined || source === 'incoming'));
}

/** Feeds values to a layer, a chain of layers, or an object with a `forward`. */
export function apply(run: Run, value: Value, inputs: readonly Value[], line: number): Value {
  // Chains may hold one another many times over.
  run.step(line);
  switch (value.kind) {
    case 'layer':
      return applyBranches(run, value, line) ?? applyLayer(run, value, inputs.flatMap(sourcesOf), line);
    case 'chain': {
      value.uses += 1;
      let result = inputs[0] ?? INCOMING;
      run.insideModel(line, () => value.items.forEach((item) => (result = apply(run, item, [result], line))));
      return result;
    }
    case 'object':
      return applyObject(run, value, inputs, line);
    case 'function':
      return invoke(
        run,
        value,
        inputs.map((input) => ({ name: undefined, value: input })),
        line,
      );
    case 'path':
      return callPath(
        run,
        value.name,
        inputs.map((input) => ({ name: undefined, value: input })),
        line,
      );
    case 'tensor':
      // Keras's `Input` at the head of a Sequential.
      return value;
    case 'unknown':
      note(run, line, 'A part of this is not known and is left out.');
      return inputs[0] ?? UNKNOWN;
    default:
      return inputs[0] ?? UNKNOWN;
  }
}

/** Keras 1's `Merge([left, right], mode='concat')`: models side by side, at the head of another one. */
function applyBranches(run: Run, { recipe: { className, args } }: LayerValue, line: number): Value | undefined {
  const [models, ...rest] = args;
  const branches = listOf(models?.value);
  if (className !== 'Merge' || branches.length === 0 || !branches.every(({ kind }) => kind === 'chain')) return undefined;
  run.step(line, branches.length);
  const items = branches.map((branch) => apply(run, branch, [firstInput(run, branch) ?? INCOMING], line));
  return applyMerge(run, className, [{ name: undefined, value: { kind: 'list', items } }, ...rest], line);
}

function applyObject(run: Run, object: ObjectValue, inputs: readonly Value[], line: number): Value {
  object.uses += 1;
  const forward = object.of?.functions.get('forward') ?? object.of?.functions.get('call');
  run.step(line, object.fields.size);
  const isPart = holdsLayers(object);
  const args = inputs.map((value) => ({ name: undefined, value: isPart ? asPart(value) : value }));
  if (forward) return run.insideModel(line, () => invoke(run, { ...forward, self: object }, args, line));
  let result: Value = inputs[0] ?? UNKNOWN;
  if (object.of)
    note(
      run,
      object.of.line,
      `“${object.of.name}” does not say how its layers are wired; they are wired in the order in which they stand.`,
    );
  for (const field of object.fields.values())
    if (field.kind === 'layer' || field.kind === 'chain' || (field.kind === 'object' && field.of))
      result = apply(run, field, [result], line);
  return result;
}

function callPath(run: Run, path: string, args: readonly CallArgument[], line: number): Value {
  const [owner = '', method, ...further] = path.split('.');
  // `x.view(…)`, where the text begins behind what makes `x`.
  if (method !== undefined && further.length === 0 && DATA.test(owner)) return callMethod(run, INCOMING, method, args, line);
  const name = path.slice(path.lastIndexOf('.') + 1);
  const built = tried(run, path, args) ?? builtIn(run, name, args, line);
  if (built) return built;
  const setting = run.framework === 'keras' ? weightSetting(path, args) : undefined;
  if (setting !== undefined) return { kind: 'setting', data: setting };
  const merged = applyMerge(run, name, args, line);
  if (merged) return merged;
  if (isAround(path)) return UNKNOWN;
  const [first] = args;
  if (first && first.name === undefined && isFed(first.value) && !/^[A-Z]/.test(name))
    return applyFunction(run, name, first.value, args.slice(1), line);
  // A class has a capital letter; anything else is code around the network.
  if (!/^[A-Z]/.test(name)) return UNKNOWN;
  const layer: LayerValue = { kind: 'layer', recipe: { className: name, args, line }, name: undefined, uses: 0 };
  run.made.add(layer);
  // What a layer is made of, such as the one of a Bidirectional, is not left over.
  for (const { value } of args)
    for (const part of [value, ...listOf(value)]) if (part.kind === 'layer' || part.kind === 'chain') run.made.delete(part);
  return layer;
}

/** What tensors are called. */
const DATA = /^(x|out|h|inputs?|features?)$/;

function isFed(value: Value): boolean {
  return isTensor(value) || (value.kind === 'path' && DATA.test(value.name));
}

function callMethod(run: Run, of: Value, name: string, args: readonly CallArgument[], line: number): Value {
  const [first] = args;
  if (of.kind === 'tensor')
    return applyMerge(run, name, [{ name: undefined, value: of }, ...args], line) ?? applyFunction(run, name, of, args, line);
  if (of.kind === 'list' || of.kind === 'chain') return growing(run, of, { name, args, line });
  if (of.kind === 'dict') run.step(line, of.entries.size);
  if (of.kind === 'dict' && name === 'items')
    return { kind: 'list', items: [...of.entries].map(([key, value]) => ({ kind: 'list', items: [plain(key), value] })) };
  if (of.kind === 'dict' && name === 'values') return { kind: 'list', items: [...of.entries.values()] };
  if (of.kind === 'object' && name === 'add_module' && args[1]) {
    const key = first && dataOf(first.value);
    if (typeof key === 'string') of.fields.set(key, args[1].value);
  }
  // `model.to(device)`, `model.eval()`: still the model.
  return /^(to|cuda|cpu|eval|train|float|half|apply)$/.test(name) ? of : UNKNOWN;
}
