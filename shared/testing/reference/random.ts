import type { NumberArray } from './array';

/**
 * Uniform in [0, 1) as a hash of keys and position: the numbers of our ONNX graphs (see `program/onnx/random.ts`), computed
 * in 32-bit integers. TensorFlow's are others.
 */
export function hashedUniform(shape: readonly number[], keys: readonly number[]): NumberArray {
  const key = keys.reduce((hashed, next, at) => hash(at === 0 ? next : hashed + next), 0);
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Float64Array.from({ length: count }, (_, position) => (hash(hash(position) + key) >>> 8) * 2 ** -24);
  return { shape, data };
}

/** The hash `[16 21f0aaad 15 735a2d97 15]` of hash-prospector (public domain). */
function hash(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97) >>> 0;
  return (bits ^ (bits >>> 15)) >>> 0;
}
