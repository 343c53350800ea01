import { weightSetting } from '../forms/weightSettings';
import { applyLayer, applyMerge, isTensor, sourcesOf } from './apply';
import { builtIn, growing } from './builtIns';
import { instantiate, invoke } from './execute';
import { applyFunction } from './functions';
import { tried } from './inputs';
import { note, type Run } from './run';
import { isAround } from './around';
import {
  dataOf,
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
      return apply(
        run,
        callee,
        args.flatMap(({ name, value }) => (name === 'training' || name === 'mask' ? [] : [isModel(run, callee) ? fed(value) : value])),
        line,
      );
    case 'method':
      return callMethod(run, callee.of, callee.name, args, line);
    default:
      return UNKNOWN;
  }
}

/** A model that is used outside of any function. */
function isModel(run: Run, callee: Value): callee is ChainValue | ObjectValue {
  return !run.isInside && (callee.kind === 'chain' || callee.kind === 'object');
}

/** Data, which nothing is known of, is what the network is wired to. */
function fed(value: Value): Value {
  return value.kind === 'unknown' ? { kind: 'tensor', of: 'incoming' } : value;
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
      return applyLayer(run, value, inputs.flatMap(sourcesOf), line);
    case 'chain': {
      value.uses += 1;
      let result = inputs[0] ?? { kind: 'tensor', of: 'incoming' };
      run.inside(line, () => value.items.forEach((item) => (result = apply(run, item, [result], line))));
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

function applyObject(run: Run, object: ObjectValue, inputs: readonly Value[], line: number): Value {
  object.uses += 1;
  const forward = object.of?.functions.get('forward') ?? object.of?.functions.get('call');
  const args = inputs.map((value) => ({ name: undefined, value }));
  if (forward) return invoke(run, { ...forward, self: object }, args, line);
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
  for (const { value } of args) if (value.kind === 'layer' || value.kind === 'chain') run.made.delete(value);
  return layer;
}

function isFed(value: Value): boolean {
  return isTensor(value) || (value.kind === 'path' && /^(x|out|h|inputs?|features?)$/.test(value.name));
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
