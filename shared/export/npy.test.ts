import { describe, expect, it } from 'vitest';
import { encodeNpy } from './npy';

describe('encodeNpy', () => {
  it('writes the header that NumPy 1.26 writes for the same array, byte for byte', () => {
    // numpy.save(f, numpy.array([[1, 2, 3], [4, 5, 6]], numpy.float32))
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    const bytes = encodeNpy({ dtype: 'float32', shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, 6]) });
    expect([...bytes.slice(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    expect(String.fromCharCode(...bytes.slice(10, 128))).toBe(`${header.padEnd(117)}\n`);
    expect([...new Float32Array(bytes.slice(128).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('writes a view of a larger buffer as the view alone', () => {
    const whole = new Int32Array([7, 8, 9]);
    const bytes = encodeNpy({ dtype: 'int32', shape: [2], data: whole.subarray(1) });
    expect([...new Int32Array(bytes.slice(128).buffer)]).toEqual([8, 9]);
  });
});
