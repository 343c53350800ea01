import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../export/encode';
import { decodeSafetensors, encodeSafetensors, isWholeSafetensors, SafetensorsError, safetensorsHeadLength } from './safetensors';
import type { TensorData, Weights } from './weights';

/** Written by Python's `safetensors` 0.8 (`safetensors.numpy.save`, metadata `{"format": "pt"}`). */
const FROM_PYTHON =
  'YAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJkZW5zZS9rZXJuZWwiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzMsMl0sImRhdGFfb2Zmc2V0cyI6' +
  'WzAsMjRdfSwibm9uZSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCwyXSwiZGF0YV9vZmZzZXRzIjpbMjQsMjRdfSwib3B0aW1pemVyOnN0ZXAiOnsiZHR5cGUiOiJGMzIi' +
  'LCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzI0LDI4XX0sImdyw7bDn2UvzpQiOnsiZHR5cGUiOiJJMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOlsyOCwzNl19' +
  'LCJtYXNrIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzM2LDM5XX19ICAgAADAPwAAAMAAAIA+5lUjAQAAgH8AAACAAABAQAcAAAD4////' +
  'AQAB';

const PYTHON_TENSORS: Weights = {
  'dense/kernel': { dtype: 'float32', shape: [3, 2], data: Float32Array.of(1.5, -2, 0.25, 3e-38, Infinity, -0) },
  none: { dtype: 'float32', shape: [0, 2], data: new Float32Array(0) },
  'optimizer:step': { dtype: 'float32', shape: [], data: Float32Array.of(3) },
  'größe/Δ': { dtype: 'int32', shape: [2], data: Int32Array.of(7, -8) },
  mask: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
};

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** A file with this header and so many bytes of numbers. */
function fileOf(header: unknown, length: number): Uint8Array {
  const json = typeof header === 'string' ? encodeUtf8(header) : encodeUtf8(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

const f32 = (shape: readonly number[], begin: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [begin, end] });

describe('safetensors', () => {
  it('knows a whole file by its head and its size', () => {
    const file = bytesOf(FROM_PYTHON);
    const head = file.subarray(0, safetensorsHeadLength(file.subarray(0, 8), file.length));
    expect(isWholeSafetensors(head, file.length)).toBe(true);
    expect(isWholeSafetensors(head, file.length - 1)).toBe(false);
    expect(isWholeSafetensors(head.subarray(0, -9), file.length)).toBe(false);
    expect(() => safetensorsHeadLength(file.subarray(0, 8), 100)).toThrow(SafetensorsError);
  });

  it('reads a file that Python wrote', () => {
    expect(decodeSafetensors(bytesOf(FROM_PYTHON))).toEqual(PYTHON_TENSORS);
  });

  it('reads it wherever it lies in memory', () => {
    const file = bytesOf(FROM_PYTHON);
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(decodeSafetensors(shifted.subarray(3))).toEqual(PYTHON_TENSORS);
  });

  it('writes a header that is padded with spaces to eight bytes, and every tensor at a multiple of its elements', () => {
    const file = encodeSafetensors({ a: PYTHON_TENSORS['mask'] as TensorData, b: PYTHON_TENSORS['größe/Δ'] as TensorData });
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = Buffer.from(file.subarray(8, 8 + length)).toString();
    expect(length % 8).toBe(0);
    expect(JSON.parse(header)).toEqual({
      b: { dtype: 'I32', shape: [2], data_offsets: [0, 8] },
      a: { dtype: 'BOOL', shape: [3], data_offsets: [8, 11] },
    });
  });

  it('gives back any tensors under any names, bit by bit', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4, size: 'medium' });
    const tensor = fc
      .tuple(shape, fc.constantFrom('float32', 'int32', 'bool'), fc.infiniteStream(fc.nat()))
      .map(([sizes, dtype, numbers]): TensorData => {
        const count = sizes.reduce((product, size) => product * size, 1);
        const bits = Uint32Array.from({ length: count }, () => Number(numbers.next().value) * 3);
        if (dtype === 'float32') return { dtype, shape: sizes, data: new Float32Array(bits.buffer) };
        return dtype === 'int32'
          ? { dtype, shape: sizes, data: new Int32Array(bits.buffer) }
          : { dtype: 'bool', shape: sizes, data: Uint8Array.from(bits, (bit) => bit % 2) };
      });
    const name = fc
      .oneof(fc.string({ unit: 'grapheme', size: 'medium' }), fc.constantFrom('__proto__', 'constructor', '7', '%41'))
      .filter((text) => text !== '__metadata__');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, tensor), { size: 'medium' }), (entries) => {
        const weights = Object.fromEntries(entries);
        const read = decodeSafetensors(encodeSafetensors(weights));
        expect(Object.keys(read).sort()).toEqual(Object.keys(weights).sort());
        for (const [key, { dtype, shape: sizes, data }] of Object.entries(weights)) {
          const other = Object.entries(read).find(([candidate]) => candidate === key)?.[1] as TensorData;
          expect([other.dtype, other.shape]).toEqual([dtype, sizes]);
          expect(Buffer.from(other.data.buffer)).toEqual(Buffer.from(data.buffer));
        }
      }),
    );
  });
});

describe('a broken safetensors file', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['is empty', new Uint8Array(0), /0 bytes/],
    ['ends in its header', fileOf({ a: f32([1], 0, 4) }, 4).subarray(0, 20), /header is said to have/],
    ['claims a header of 2⁶⁴ − 1 bytes', new Uint8Array(16).fill(255), /header is said to have/],
    ['has a header that is not JSON', fileOf('{"a":', 0), /not JSON/],
    [
      'has a header that is not UTF-8',
      (() => {
        const file = fileOf('{"a":1}', 0);
        file[10] = 0xff;
        return file;
      })(),
      /not JSON/,
    ],
    ['has a list for a header', fileOf([], 0), /not an object/],
    ['has null for a header', fileOf('null', 0), /not an object/],
    ['has an entry that is none', fileOf({ a: 4 }, 4), /entry of "a"/],
    ['has a negative size', fileOf({ a: f32([-1], 0, 4) }, 4), /entry of "a"/],
    ['has a size that is no integer', fileOf({ a: f32([1.5], 0, 6) }, 6), /entry of "a"/],
    ['has sizes whose product is beyond all numbers', fileOf({ a: f32([2 ** 52, 2 ** 52, 2 ** 52], 0, 4) }, 4), /needs .* bytes/],
    [
      'has an element type that is not read',
      fileOf({ a: { ...f32([1], 0, 2), dtype: 'F16' } }, 2),
      /"a" has the type F16; F32, I32 and BOOL are read/,
    ],
    ['has a place that does not fit the shape', fileOf({ a: f32([2], 0, 4) }, 4), /"a" of shape 2 needs 8 bytes; its place has 4/],
    ['has a place that runs backwards', fileOf({ a: f32([0], 4, 0) }, 4), /its place has -4/],
    ['has a place beyond its end', fileOf({ a: f32([2], 0, 8) }, 4), /"a" ends at byte 8; the file's numbers end at 4/],
    ['has two tensors in one place', fileOf({ a: f32([1], 0, 4), b: f32([1], 0, 4) }, 4), /"b" shares bytes/],
    ['has two tensors that overlap', fileOf({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12), /"b" shares bytes/],
    ['has a hole', fileOf({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), /bytes 4 to 8 belong to no tensor/],
    ['has numbers that belong to nothing', fileOf({ a: f32([1], 0, 4) }, 8), /bytes 4 to 8 belong to no tensor/],
    [
      'has a name twice',
      fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8),
      /belong to no tensor/,
    ],
  ])('that %s is refused', (_, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(SafetensorsError);
    expect(() => decodeSafetensors(file)).toThrow(message);
  });

  it('is read or refused, and never anything else, whichever bytes are changed or cut off', () => {
    const file = bytesOf(FROM_PYTHON);
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5, size: 'medium' });
    fc.assert(
      fc.property(changes, fc.nat(file.length), (changed, kept) => {
        const broken = file.slice();
        for (const [at, byte] of changed) broken[at] = byte;
        for (const candidate of [broken, file.subarray(0, kept)]) {
          try {
            decodeSafetensors(candidate);
          } catch (error) {
            expect(error).toBeInstanceOf(SafetensorsError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
