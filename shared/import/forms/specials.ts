import type { Params, ParamValue } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import type { Data } from '../run/values';
import { camelCase } from './forms';
import { bidirectionalOf } from './bidirectional';
import { isChannels, isList, pairOf, shownArgument, type Call, type Step } from './step';

type Special = (call: Call) => readonly Step[] | undefined;

/** Calls whose arguments are not simply a layer's parameters under other names. Undefined: the plain way. */
export function special(call: Call): readonly Step[] | undefined {
  return (call.framework === 'torch' ? torch : keras)[call.className]?.(call);
}

/** A layer with defaults for what is not said; undefined where it refuses what is said. */
function layer(type: string, params: Params = {}): readonly Step[] | undefined {
  const found = findLayer(type);
  const parsed = found && parseParams(found, params);
  return parsed?.ok ? [{ type, params: parsed.value as Params }] : undefined;
}

const torch: Readonly<Record<string, Special>> = {
  ReLU6: () => layer('relu', { maxValue: 6 }),
  AdaptiveAvgPool2d(call) {
    const size = pairOf(call.values.get('output_size'));
    return size && layer('adaptiveAveragePooling2d', { height: size[0], width: size[1] });
  },
  AdaptiveMaxPool2d(call) {
    const size = pairOf(call.values.get('output_size') ?? call.values.get('0'));
    return size?.[0] === 1 && size[1] === 1 ? layer('globalMaxPooling2d') : undefined;
  },
  ZeroPad2d(call) {
    const sides = call.values.get('padding');
    const all = typeof sides === 'number' ? [sides, sides, sides, sides] : sides;
    return isNumbers(all, 4) ? padded(all[2], all[3], all[0], all[1]) : undefined;
  },
  Flatten(call) {
    const start = call.values.get('start_dim') ?? 1;
    if (start !== 1) call.note(`${shownArgument('start_dim', start)} has no counterpart here and is left out`);
    return layer('flatten');
  },
  LSTM: (call) => recurrent(call, 'lstm'),
  GRU: (call) => recurrent(call, 'gru'),
  RNN: (call) => recurrent(call, 'simpleRnn'),
  Unflatten: (call) => reshaped(call, call.values.get('unflattened_size') ?? call.values.get('1')),
  Upsample(call) {
    const scale = pairOf(call.values.get('scale_factor'));
    const size = pairOf(call.values.get('size'));
    const mode = call.values.get('mode') ?? 'nearest';
    if (scale) return layer('upSampling2d', { size: scale, interpolation: mode as ParamValue });
    return size && layer('resize', { height: size[0], width: size[1], interpolation: mode as ParamValue });
  },
};

/** As many in a row as the code says; PyTorch's give the output of every step. */
function recurrent(call: Call, type: string): readonly Step[] | undefined {
  const { values, note } = call;
  const count = values.get('num_layers') ?? 1;
  const dropout = values.get('dropout') ?? 0;
  if (dropout !== 0) note(`${shownArgument('dropout', dropout)} has no counterpart here and is left out`);
  const one = layer(type, { units: values.get('hidden_size') as ParamValue, useBias: values.get('bias') !== false, returnSequences: true });
  if (!one || typeof count !== 'number' || count < 1 || count > 100) return undefined;
  const size = values.get('input_size');
  const [step] = values.get('bidirectional') === true ? (bidirectionalOf(call, one[0] as Step) ?? one) : one;
  return Array.from({ length: count }, (_, index) => ({
    ...(step as Step),
    expects: index === 0 && typeof size === 'number' ? size : undefined,
  }));
}

const keras: Readonly<Record<string, Special>> = {
  Activation(call) {
    const name = call.values.get('activation') ?? call.values.get('0');
    if (typeof name !== 'string') return undefined;
    const plainName = camelCase(name);
    const type = plainName === 'swish' ? 'silu' : plainName;
    return plainName === 'linear' ? layer('identity') : findLayer(type)?.category === 'activation' ? layer(type) : undefined;
  },
  Rescaling(call) {
    const scale = call.values.get('scale') ?? call.values.get('0') ?? 1;
    const offset = call.values.get('offset') ?? call.values.get('1') ?? 0;
    const scaled = layer('scale', { factor: scale as ParamValue });
    const shifted = layer('shift', { offset: offset as ParamValue });
    if (offset === 0 || !shifted) return scaled;
    return scale === 1 ? shifted : [...(scaled ?? []), ...shifted];
  },
  ZeroPadding2D(call) {
    const [top, bottom, left, right] = sidesOf(call.values.get('padding') ?? 1) ?? [];
    return top === undefined ? undefined : padded(top, bottom ?? 0, left ?? 0, right ?? 0);
  },
  Cropping2D(call) {
    const [top = 0, bottom = 0, left = 0, right = 0] = sidesOf(call.values.get('cropping') ?? 0) ?? [];
    return layer('cropping2d', { top, bottom, left, right });
  },
  Reshape: (call) => reshaped(call, call.values.get('target_shape')),
  Concatenate: (call) => concatenated(call, call.values.get('axis') ?? -1),
};

function padded(top: number, bottom: number, left: number, right: number): readonly Step[] | undefined {
  return layer('pad', { mode: 'explicit', top, bottom, left, right });
}

/** Keras's `1`, `(2, 3)` or `((top, bottom), (left, right))`. */
function sidesOf(value: Data): readonly number[] | undefined {
  const simple = pairOf(value);
  if (simple) return [simple[0], simple[0], simple[1], simple[1]];
  const [rows, columns] = isList(value) ? value.map(pairOf) : [];
  return rows && columns ? [...rows, ...columns] : undefined;
}

function isNumbers(value: Data | undefined, count: number): value is readonly [number, number, number, number] {
  return isList(value) && value.length === count && value.every((item) => typeof item === 'number');
}

/** Sizes of an image are read in the order of the framework, and written in that of the network. */
export function reshaped({ framework, dataFormat }: Call, sizes: Data | undefined): readonly Step[] | undefined {
  if (!isList(sizes) || !sizes.every((size) => typeof size === 'number')) return undefined;
  if (sizes.length !== 3) return layer('reshape', { targetShape: sizes });
  const [a = 1, b = 1, c = 1] = sizes;
  const isChannelsFirst = framework === 'torch';
  if (isChannelsFirst === (dataFormat === 'channelsFirst')) return layer('reshape', { targetShape: sizes });
  return layer('reshape', { targetShape: isChannelsFirst ? [b, c, a] : [c, a, b] });
}

/** Along the channels wherever the framework has them, which no axis says; another axis of an image where ours has it. */
export function concatenated(call: Call, axis: Data | undefined): readonly Step[] | undefined {
  const { framework, dataFormat, note } = call;
  const theirs = framework === 'torch' ? 'channelsFirst' : 'channelsLast';
  if (isChannels(call, axis)) return layer('concatenate');
  if (typeof axis !== 'number' || axis < 1) {
    note(`${shownArgument('axis', axis)} cannot be; its channels are joined`);
    return layer('concatenate');
  }
  if (theirs === dataFormat) return layer('concatenate', { axis });
  return layer('concatenate', { axis: framework === 'torch' ? axis - 1 : axis + 1 });
}
