import * as z from 'zod';

/** Typed arrays as they cross a pipe. */
export const float32Array = z.custom<Float32Array>((value) => value instanceof Float32Array, 'expected a Float32Array');
export const int32Array = z.custom<Int32Array>((value) => value instanceof Int32Array, 'expected an Int32Array');
export const uint8Array = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected a Uint8Array');
export const anyArray = z.custom<Float32Array | Int32Array | Uint8Array>(
  (value) => value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array,
  'expected a typed array',
);
