import type { DataFormat } from '../graph/tensor';
import type { TorchRecord, TorchWeight } from './define';

/** Python's word for it. */
export function torchBool(value: boolean): string {
  return value ? 'True' : 'False';
}

/** `(2, 3)`, and `(2,)` for one. */
export function torchTuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** Where the channels are inside PyTorch: second in images of any number of axes, last in rows and sequences. */
export function torchChannelAxis(rank: number): number {
  return rank >= 4 ? 1 : rank - 1;
}

/** Where an axis of the network is inside PyTorch. */
export function torchAxis(axis: number, rank: number, dataFormat: DataFormat): number {
  if (dataFormat === 'channelsFirst' || rank < 4 || axis === 0) return axis;
  return axis === rank - 1 ? 1 : axis + 1;
}

/** The value in the network's own order, for what reads it element by element. */
export function inNetworkOrder(value: string, rank: number, dataFormat: DataFormat): string {
  return dataFormat === 'channelsLast' && rank >= 4 ? `${value}.movedim(1, -1)` : value;
}

/** Back from the network's own order. */
export function inTorchOrder(value: string, rank: number, dataFormat: DataFormat): string {
  return dataFormat === 'channelsLast' && rank >= 4 ? `${value}.movedim(-1, 1)` : value;
}

/** Calls a module that wants the channels second, also on sequences, which have them last. */
export function channelsSecond(rank: number): (module: string) => string {
  return (module) => (rank === 3 ? `${module}(x.transpose(1, 2)).transpose(1, 2)` : `${module}(x)`);
}

/** The same of `self.layer`. */
export function calledChannelsSecond(rank: number): Pick<TorchRecord, 'forward'> {
  return called(channelsSecond(rank));
}

/** `self.layer` called so; the plain call goes without saying. */
export function called(call: (module: string) => string): Pick<TorchRecord, 'forward'> {
  const forward = call('self.layer');
  return forward === 'self.layer(x)' ? {} : { forward };
}

/** The tensors of a module inside another: `0.weight`. */
export function within(module: string, weights: Readonly<Record<string, TorchWeight>>): Readonly<Record<string, TorchWeight>> {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [`${module}.${name}`, weight]));
}

/** A kernel `…sizes×I×O` in PyTorch's order `O×I×…sizes`, and the bias. */
export function convolutionTensors(sizes: number, useBias: boolean, from = 'kernel'): Readonly<Record<string, TorchWeight>> {
  const axes = [sizes + 1, sizes, ...Array.from({ length: sizes }, (_, axis) => axis)];
  return { weight: { from, axes }, ...(useBias ? { bias: { from: 'bias' } } : {}) };
}

/** PyTorch's argument for pads that are alike on both sides; undefined where they are not. */
export function evenPads(pads: readonly (readonly [number, number])[]): readonly number[] | undefined {
  return pads.every(([before, after]) => before === after) ? pads.map(([before]) => before) : undefined;
}

/** `F.pad(x, …)`, which counts from the last axis. */
export function padded(x: string, pads: readonly (readonly [number, number])[], rest = ''): string {
  return `F.pad(${x}, (${pads.toReversed().flat().join(', ')})${rest})`;
}
