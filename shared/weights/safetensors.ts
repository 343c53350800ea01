import * as z from 'zod';
import { encodeUtf8 } from '../export/encode';
import type { TensorData, Weights } from './weights';

/** A safetensors file that cannot be read, with the reason. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const NAMES = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
const BYTES = { F32: 4, I32: 4, BOOL: 1 } as const;
/** The format's own limit of its header. */
const MAX_HEADER = 100 * 1024 * 1024;

const entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const header = z.record(z.string(), z.unknown());

/**
 * Tensors by name as a safetensors file: u64 length of the header, a JSON header, the numbers, all little-endian.
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(weights: Weights): Uint8Array {
  const names = Object.keys(weights).sort();
  let offset = 0;
  const entries = names.map((name) => {
    const { dtype, shape, data } = weights[name] as TensorData;
    const place = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: NAMES[dtype], shape, data_offsets: place }];
  });
  const json = JSON.stringify(Object.fromEntries(entries));
  const head = encodeUtf8(json);
  // Spaces up to a multiple of 8, so that the numbers are aligned.
  const start = 8 + ((head.length + 7) & ~7);
  const file = new Uint8Array(start + offset).fill(0x20, 8, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(head, 8);
  let at = start;
  for (const name of names) {
    const { data } = weights[name] as TensorData;
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** The tensors of a safetensors file. Throws `SafetensorsError` where lengths, types or places do not agree. */
export function decodeSafetensors(file: Uint8Array): Weights {
  if (file.length < 8) throw new SafetensorsError('The file is shorter than 8 bytes.');
  const length = Number(new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > file.length)
    throw new SafetensorsError(`The header is said to have ${length} bytes; the file has ${file.length}.`);
  const parsed = header.safeParse(parseJson(file.subarray(8, 8 + length)));
  if (!parsed.success) throw new SafetensorsError('The header is not an object.');
  const body = file.subarray(8 + length);
  const weights: Record<string, TensorData> = {};
  for (const [name, value] of Object.entries(parsed.data)) {
    if (name === '__metadata__') continue;
    const tensor = decodeEntry(name, value, body);
    Object.defineProperty(weights, name, { value: tensor, enumerable: true });
  }
  return weights;
}

function decodeEntry(name: string, value: unknown, body: Uint8Array): TensorData {
  const parsed = entry.safeParse(value);
  if (!parsed.success) throw new SafetensorsError(`The entry of "${name}" is not one of a tensor.`);
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = parsed.data;
  if (dtype !== 'F32' && dtype !== 'I32' && dtype !== 'BOOL')
    throw new SafetensorsError(`"${name}" has the type ${dtype}; F32, I32 and BOOL are read.`);
  const bytes = shape.reduce((product, size) => product * size, BYTES[dtype]);
  if (end - begin !== bytes || end > body.length)
    throw new SafetensorsError(
      `"${name}" of shape ${shape.join('×')} needs ${bytes} bytes; its place has ${end - begin}, the file ${body.length}.`,
    );
  // A copy, which is aligned whatever the header's length.
  const data = body.slice(begin, end);
  if (dtype === 'F32') return { dtype: 'float32', shape, data: new Float32Array(data.buffer) };
  if (dtype === 'I32') return { dtype: 'int32', shape, data: new Int32Array(data.buffer) };
  return { dtype: 'bool', shape, data };
}

function parseJson(bytes: Uint8Array): unknown {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  try {
    // Names are UTF-8; their bytes were read as characters of one byte each.
    return JSON.parse(decodeUtf8(text));
  } catch {
    throw new SafetensorsError('The header is not JSON.');
  }
}

/** Bytes as characters → text. */
function decodeUtf8(bytes: string): string {
  return bytes.replace(/[\u00c0-\u00ff][\u0080-\u00bf]*/g, (sequence) => {
    const codes = [...sequence].map((character) => character.charCodeAt(0));
    const first = codes[0] as number;
    const lead = first >= 0xf0 ? first & 7 : first >= 0xe0 ? first & 15 : first & 31;
    const point = codes.slice(1).reduce((sum, code) => (sum << 6) | (code & 63), lead);
    return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  });
}
