import type { ParamValue } from '../../graph/graph';
import type { DataFormat } from '../../graph/tensor';
import type { Framework } from '../forms/forms';
import { sourcesOf } from './apply';
import { note, place, type Run } from './run';
import { dataOf, INCOMING, UNKNOWN, type CallArgument, type Data, type Value } from './values';

/** Sizes of one sample in the network's own order; None is a size that is not fixed. */
export function input(run: Run, args: readonly CallArgument[], line: number): Value {
  const named = (name: string) => args.find((arg) => arg.name === name)?.value;
  const batch = named('batch_shape') ?? named('batch_input_shape');
  const shape = named('shape') ?? named('input_shape') ?? args.find(({ name }) => name === undefined)?.value;
  const data = sizesIn(batch ?? shape);
  const sizes = Array.isArray(data) ? (data as readonly Data[]).slice(batch ? 1 : 0) : typeof data === 'number' ? [data] : undefined;
  if (!sizes) {
    note(run, line, 'The size of this input is not in the text; what follows it is left open.');
    return INCOMING;
  }
  const dtype = named('dtype');
  return placeInput(run, sizes, line, dtype ? dataOf(dtype) : undefined);
}

const LETTERS = ['H', 'W', 'D', 'C', 'S', 'T'];

/** Each size by itself: one that the text does not say is not fixed. */
function sizesIn(value: Value | undefined): Data | undefined {
  if (value?.kind === 'list') return value.items.map((item) => dataOf(item) ?? null);
  return value && dataOf(value);
}

/** Sizes of one sample as the framework orders them, in the network's order; what is no size has a letter. */
export function inputShape(sizes: readonly Data[], framework: Framework, dataFormat: DataFormat): readonly ParamValue[] {
  // Images and volumes have their channels at one end.
  const hasChannels = sizes.length === 3 || sizes.length === 4;
  const last = hasChannels && framework === 'torch' ? [...sizes.slice(1), ...sizes.slice(0, 1)] : sizes;
  const named = last.map((size, index): ParamValue => (typeof size === 'number' && size > 0 ? size : (LETTERS[index] ?? 'S')));
  return hasChannels && dataFormat === 'channelsFirst' ? [...named.slice(-1), ...named.slice(0, -1)] : named;
}

const TRIES = /^(?:torch\.(?:randn|rand|zeros|ones|empty)|tf\.(?:random\.(?:normal|uniform)|zeros|ones)|np\.random\.(?:rand|randn))$/;

/** `torch.randn(1, 3, 224, 224)`: made up to try the network with. What a function makes for itself is none. */
export function tried(run: Run, path: string, args: readonly CallArgument[]): Value | undefined {
  if (run.isInside || !TRIES.test(path)) return undefined;
  const values = args.flatMap(({ name, value }) => (name === undefined || name === 'size' || name === 'shape' ? [dataOf(value)] : []));
  const [first] = values;
  const [, ...sizes] = Array.isArray(first) ? (first as readonly Data[]) : values;
  if (sizes.length === 0 || !sizes.every((size): size is number => typeof size === 'number' && size > 0)) return undefined;
  run.tried = sizes;
  return INCOMING;
}

export function placeInput(run: Run, sizes: readonly Data[], line: number, dtype?: Data): Value {
  const shape = inputShape(sizes, 'keras', run.dataFormat);
  const type = dtype === 'int32' || dtype === 'bool' ? dtype : dtype === 'int64' ? 'int32' : 'float32';
  return place(run, {
    type: 'input',
    params: { shape, dtype: type },
    name: undefined,
    line,
    inputs: [],
    expects: undefined,
    unknown: undefined,
  });
}

/** Keras lets the first layer say what it takes: `Dense(8, input_shape=(4,))`; or an `Input` stands before it. */
export function firstInput(run: Run, first: Value | undefined): Value | undefined {
  if (first?.kind === 'tensor') return first;
  if (first?.kind === 'chain' || first?.kind === 'list') return firstInput(run, first.items[0]);
  if (first?.kind !== 'layer') return undefined;
  const { args, line } = first.recipe;
  const given = (name: string) => args.find((arg) => arg.name === name)?.value;
  const sizes = sizesOf(given('input_shape')) ?? sizesOf(given('input_dim')) ?? sizesOf(given('batch_input_shape'))?.slice(1);
  if (sizes) return placeInput(run, sizes, line);
  // Numbers of words, as many as a text has.
  const length = sizesOf(given('input_length'));
  return length && placeInput(run, length, line, 'int32');
}

function sizesOf(value: Value | undefined): readonly Data[] | undefined {
  const data = value && dataOf(value);
  if (typeof data === 'number') return [data];
  return Array.isArray(data) ? (data as readonly Data[]) : undefined;
}

/** Keras's `Model(inputs, outputs)` says what the network gives. */
export function model(run: Run, args: readonly CallArgument[]): Value {
  const outputs =
    args.find(({ name }) => name === 'outputs' || name === 'output')?.value ?? args.filter(({ name }) => name === undefined)[1]?.value;
  for (const source of outputs ? sourcesOf(outputs) : []) if (source !== undefined) run.ends.push(source);
  return UNKNOWN;
}
