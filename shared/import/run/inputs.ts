import type { ParamValue } from '../../graph/graph';
import { sourcesOf } from './apply';
import { place, type Run } from './run';
import { dataOf, UNKNOWN, type CallArgument, type Data, type Value } from './values';

/** Sizes of one sample in the network's own order; None is a size that is not fixed. */
export function input(run: Run, args: readonly CallArgument[], line: number): Value {
  const named = (name: string) => args.find((arg) => arg.name === name)?.value;
  const batch = named('batch_shape') ?? named('batch_input_shape');
  const shape = named('shape') ?? named('input_shape') ?? args.find(({ name }) => name === undefined)?.value;
  const data = batch ? dataOf(batch) : shape ? dataOf(shape) : undefined;
  const sizes = Array.isArray(data) ? (data as readonly Data[]).slice(batch ? 1 : 0) : typeof data === 'number' ? [data] : [];
  const dtype = named('dtype');
  return placeInput(run, sizes, line, dtype ? dataOf(dtype) : undefined);
}

const LETTERS = ['H', 'W', 'D', 'C', 'S', 'T'];

export function placeInput(run: Run, sizes: readonly Data[], line: number, dtype?: Data): Value {
  const named: ParamValue[] = sizes.map((size, index) => (typeof size === 'number' && size > 0 ? size : (LETTERS[index] ?? 'S')));
  const [height, width, channels] = named;
  const isTurned = run.dataFormat === 'channelsFirst' && named.length === 3;
  const shape = isTurned ? [channels as ParamValue, height as ParamValue, width as ParamValue] : named;
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

/** Keras's `Model(inputs, outputs)` says what the network gives. */
export function model(run: Run, args: readonly CallArgument[]): Value {
  const outputs = args.find(({ name }) => name === 'outputs')?.value ?? args.filter(({ name }) => name === undefined)[1]?.value;
  for (const source of outputs ? sourcesOf(outputs) : []) if (source !== undefined) run.ends.push(source);
  return UNKNOWN;
}
