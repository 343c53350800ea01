import { input, model } from './inputs';
import type { Run } from './run';
import { isList } from '../forms/step';
import { dataOf, listOf, NONE, plain, UNKNOWN, type CallArgument, type ChainValue, type Data, type Value } from './values';

/** Functions of Python and of the frameworks that make no layer; what they copy is counted. */
export function builtIn(run: Run, name: string, args: readonly CallArgument[], line: number): Value | undefined {
  const made = madeBy(run, name, args, line);
  if (made) run.step(line, listOf(made).length);
  return made;
}

function madeBy(run: Run, name: string, args: readonly CallArgument[], line: number): Value | undefined {
  const [first] = args;
  switch (name) {
    case 'Sequential':
      return chain(run, args, line);
    case 'ModuleList':
    case 'list':
    case 'tuple':
      return { kind: 'list', items: [...listOf(first?.value)] };
    case 'OrderedDict':
    case 'ModuleDict':
      return ordered(first?.value);
    case 'Input':
    case 'InputLayer':
      return input(run, args, line);
    case 'Model':
      return model(run, args);
    case 'range':
      return range(args);
    case 'reversed':
      return { kind: 'list', items: [...listOf(first?.value)].reverse() };
    case 'enumerate':
      return { kind: 'list', items: listOf(first?.value).map((item, index) => ({ kind: 'list', items: [plain(index), item] })) };
    case 'zip':
      return zip(run, args, line);
    case 'len':
      return first?.value.kind === 'list' ? plain(first.value.items.length) : UNKNOWN;
    case 'int':
      return intOf(first?.value);
    case 'print':
      return shown(run, args);
    case 'summary':
      triedBy(run, args);
      return shown(run, args);
    case 'Variable':
      // PyTorch's old name of a tensor that learns; the tensor is the same.
      return run.framework === 'torch' && first ? first.value : UNKNOWN;
    case 'super':
      return UNKNOWN;
    default:
      return undefined;
  }
}

/** `print(Net())`, `summary(Net(), (3, 32, 32))`: the model is meant. */
function shown(run: Run, [model]: readonly CallArgument[]): Value {
  if (model?.value.kind === 'object') run.shown.push(model.value);
  return UNKNOWN;
}

/** `summary(net, (3, 32, 32))` of torchsummary and its like. */
function triedBy(run: Run, [model, size]: readonly CallArgument[]): void {
  const sizes = size && dataOf(size.value);
  const isSize = (data: Data): data is number => typeof data === 'number' && data > 0;
  if (model && isModel(model.value) && isList(sizes) && sizes.length > 0 && sizes.every(isSize)) run.tried = sizes;
}

function isModel({ kind }: Value): boolean {
  return kind === 'object' || kind === 'chain' || kind === 'layer' || kind === 'path';
}

function intOf(value: Value | undefined): Value {
  const number = value ? Number(dataOf(value)) : NaN;
  return Number.isFinite(number) ? plain(Math.trunc(number)) : UNKNOWN;
}

/** Pairs of a name and a layer; the name becomes the layer's. */
function ordered(value: Value | undefined): Value {
  if (value?.kind === 'dict') return value;
  const entries = new Map<string, Value>();
  for (const item of listOf(value)) {
    const [key, layer] = item.kind === 'list' ? item.items : [];
    if (key?.kind === 'plain' && layer) entries.set(String(key.value), layer);
  }
  return { kind: 'dict', entries };
}

function chain(run: Run, args: readonly CallArgument[], line: number): ChainValue {
  const values = args.filter(({ name }) => name === undefined || name === 'layers').map(({ value }) => value);
  const items = values.flatMap((value): readonly Value[] => {
    if (value.kind === 'dict')
      for (const [name, layer] of value.entries) if (layer.kind === 'layer') layer.name ??= /^\d+$/.test(name) ? undefined : name;
    return value.kind === 'list' || value.kind === 'dict' ? listOf(value) : [value];
  });
  const made: ChainValue = { kind: 'chain', items: [...items], line, uses: 0 };
  for (const item of items) forget(run, item);
  run.made.add(made);
  return made;
}

/** What is part of something is not left over. */
function forget(run: Run, part: Value): void {
  if (part.kind === 'layer' || part.kind === 'chain') run.made.delete(part);
  if (part.kind !== 'object') return;
  for (const field of part.fields.values()) if (field.kind === 'layer' || field.kind === 'chain') run.made.delete(field);
}

function range(args: readonly CallArgument[]): Value {
  const numbers = args.map(({ value }) => dataOf(value));
  if (!numbers.every((number) => typeof number === 'number')) return UNKNOWN;
  const [start = 0, stop = 0, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  const count = Math.min(2_000, Math.max(0, Math.ceil((stop - start) / step)));
  return { kind: 'list', items: Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, index) => plain(start + index * step)) };
}

function zip(run: Run, args: readonly CallArgument[], line: number): Value {
  const lists = args.map(({ value }) => listOf(value));
  const length = lists.reduce((least, list) => Math.min(least, list.length), Infinity);
  if (!Number.isFinite(length)) return { kind: 'list', items: [] };
  run.step(line, lists.length * length);
  return {
    kind: 'list',
    items: Array.from({ length }, (_, index) => ({ kind: 'list', items: lists.map((list) => list[index] ?? UNKNOWN) })),
  };
}

/** `layers.append(…)`, `model.add(…)`. */
export function growing(
  run: Run,
  of: Extract<Value, { kind: 'list' | 'chain' }>,
  { name, args, line }: { readonly name: string; readonly args: readonly CallArgument[]; readonly line: number },
): Value {
  const [first, second] = args;
  const grow = (values: readonly Value[]) => {
    run.step(line, values.length);
    // A list may grow by itself.
    for (const value of [...values]) {
      of.items.push(value);
      if (of.kind === 'chain') forget(run, value);
    }
    return NONE;
  };
  if ((name === 'append' || name === 'add') && first) return grow([first.value]);
  const reordered = reordering(run, of, { name, args, line });
  if (reordered) return reordered;
  if ((name === 'extend' || name === '__iadd__') && first) return grow(listOf(first.value));
  if (name === 'add_module' && second) return grow([second.value]);
  return /^(to|cuda|cpu|eval|train)$/.test(name) ? of : UNKNOWN;
}

/** `skips.reverse()`, `skips.pop()`, `layers.insert(0, …)`, `sizes.copy()`. */
function reordering(
  run: Run,
  { items }: Extract<Value, { kind: 'list' | 'chain' }>,
  { name, args, line }: { readonly name: string; readonly args: readonly CallArgument[]; readonly line: number },
): Value | undefined {
  if (!['reverse', 'pop', 'insert', 'copy'].includes(name)) return undefined;
  run.step(line, items.length);
  const [first, second] = args;
  const place = first && dataOf(first.value);
  if (name === 'copy') return { kind: 'list', items: [...items] };
  if (name === 'pop') return items.splice(typeof place === 'number' ? place : -1, 1)[0] ?? UNKNOWN;
  if (name === 'reverse') items.reverse();
  if (name === 'insert' && second) items.splice(typeof place === 'number' ? place : items.length, 0, second.value);
  return NONE;
}
