import { multiplyDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { OnnxGraph } from './writer';

/**
 * Uniform in [0, 1) as a hash of seed, operation and position: ONNX's own random operations cannot be seeded at run time.
 *
 * The hash is `[16 21f0aaad 15 735a2d97 15]` of https://github.com/skeeto/hash-prospector (two rounds of multiply and
 * xor-shift found by search, public domain), in 64-bit integers: 32 bits times a factor below 2³¹ do not overflow. The
 * numbers are not TensorFlow's; both engines repeat theirs under their seed.
 */
export function hashedUniform(g: OnnxGraph, seed: string, { shape, index }: { readonly shape: Shape; readonly index: number }): string {
  const wide = g.op('Cast', [seed], { to: { type: 'int64' } });
  const part = (at: number) => g.op('Gather', [wide, int(g, at)], { axis: 0 });
  const key = [part(1), int(g, index)].reduce((hashed, next) => hash(g, g.op('Add', [hashed, next])), hash(g, part(0)));
  const count = g.size(shape.reduce<Dim>(multiplyDims, 1));
  const positions = g.op('Range', [int(g, 0), count, int(g, 1)]);
  // Twice: the first alone would leave the streams of two keys shifted copies of each other.
  const bits = hash(g, g.op('Add', [hash(g, positions), key]));
  // 24 bits are what a float32 holds.
  const numbers = g.op('Cast', [g.op('Div', [bits, int(g, 2 ** 8)])], { to: { type: 'float32' } });
  const uniform = g.op('Mul', [numbers, g.constant([2 ** -24], [], 'float32')]);
  return g.op('Reshape', [uniform, g.shape(shape)]);
}

/** 32 bits of any number, in an int64. */
function hash(g: OnnxGraph, value: string): string {
  const low = (bits: string) => g.op('BitwiseAnd', [bits, int(g, 2 ** 32 - 1)]);
  const shifted = (bits: string, by: number) => g.op('BitwiseXor', [bits, g.op('Div', [bits, int(g, 2 ** by)])]);
  const times = (bits: string, factor: number) => low(g.op('Mul', [bits, int(g, factor)]));
  const first = times(shifted(low(value), 16), 0x21f0aaad);
  return shifted(times(shifted(first, 15), 0x735a2d97), 15);
}

function int(g: OnnxGraph, value: number): string {
  return g.constant([value], [], 'int64');
}
