import type { TensorData } from '../weights/weights';
import { encodeUtf8 } from './encode';

const DESCRIPTIONS = { float32: '<f4', int32: '<i4', bool: '|b1' } as const;

/**
 * A tensor as a NumPy `.npy` file, format version 1.0, in row order.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy(tensor: TensorData): Uint8Array {
  const sizes = tensor.shape.length === 1 ? `${tensor.shape[0]},` : tensor.shape.join(', ');
  const dictionary = `{'descr': '${DESCRIPTIONS[tensor.dtype]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // Magic, version and length take 10 bytes; the data starts at a multiple of 64.
  const padding = 63 - ((10 + dictionary.length) % 64);
  const header = `${dictionary}${' '.repeat(padding)}\n`;
  const bytes = new Uint8Array(10 + header.length + tensor.data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(encodeUtf8(header), 10);
  bytes.set(new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength), 10 + header.length);
  return bytes;
}
