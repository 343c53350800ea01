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

/**
 * Tensors by name as a safetensors file: u64 length of the header, a JSON header, the numbers, all little-endian.
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(weights: Weights, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const names = Object.keys(weights).sort(byAlignment(weights));
  let offset = 0;
  const entries = names.map((name) => {
    const { dtype, shape, data } = weights[name] as TensorData;
    const place = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: NAMES[dtype], shape, data_offsets: place }];
  });
  const extra = Object.keys(metadata).length > 0 ? [[METADATA, metadata] as const] : [];
  const json = JSON.stringify(Object.fromEntries([...extra, ...entries]));
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

/** Wider elements first, so that each tensor begins at a multiple of its elements' size; else by name. */
function byAlignment(weights: Weights): (a: string, b: string) => number {
  const width = (name: string) => (weights[name] as TensorData).data.BYTES_PER_ELEMENT;
  return (a, b) => width(b) - width(a) || (a < b ? -1 : 1);
}

/**
 * The tensors of a safetensors file. Throws `SafetensorsError` where lengths, types or places do not agree, where two
 * tensors share bytes, and where bytes belong to none.
 */
export function decodeSafetensors(file: Uint8Array): Weights {
  const { header, body } = parts(file);
  const places = placesOf(header);
  checkPlaces(places, body.length);
  // `fromEntries` defines: a tensor called "__proto__" is a tensor.
  return Object.fromEntries(places.map((place) => [place.name, tensorAt(place, body)]));
}

/** What a file says of itself, text by name. Throws `SafetensorsError` where it is no safetensors file. */
export function safetensorsMetadata(file: Uint8Array): Readonly<Record<string, string>> {
  const parsed = z.record(z.string(), z.string()).safeParse((parts(file).header as Readonly<Record<string, unknown>>)[METADATA]);
  return parsed.success ? parsed.data : {};
}

/** How many bytes length and header take together, by the first 8 of a file. Throws `SafetensorsError` where that is more than its size. */
export function safetensorsHeadLength(first: Uint8Array, size: number): number {
  if (first.length < 8) throw new SafetensorsError(`The file has ${first.length} bytes; a safetensors file has at least 8.`);
  const length = Number(new DataView(first.buffer, first.byteOffset, first.byteLength).getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > size)
    throw new SafetensorsError(`The header is said to have ${length} bytes; the file has ${size}.`);
  return 8 + length;
}

/** Whether a file of this size is as its head (length and header) says: no number of it was read. */
export function isWholeSafetensors(head: Uint8Array, size: number): boolean {
  try {
    checkPlaces(placesOf(headerOf(head)), size - head.length);
    return true;
  } catch {
    return false;
  }
}

const METADATA = '__metadata__';

function parts(file: Uint8Array): { readonly header: object; readonly body: Uint8Array } {
  const length = safetensorsHeadLength(file, file.length);
  return { header: headerOf(file.subarray(0, length)), body: file.subarray(length) };
}

function headerOf(head: Uint8Array): object {
  const header = parseJson(head.subarray(8));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new SafetensorsError('The header is not an object.');
  return header;
}

function placesOf(header: object): readonly Place[] {
  return Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => placeOf(name, value));
}

/** Where a tensor's bytes are said to be. */
interface Place {
  readonly name: string;
  readonly dtype: keyof typeof BYTES;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function placeOf(name: string, value: unknown): Place {
  const parsed = entry.safeParse(value);
  if (!parsed.success) throw new SafetensorsError(`The entry of "${name}" is not one of a tensor.`);
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  if (dtype !== 'F32' && dtype !== 'I32' && dtype !== 'BOOL')
    throw new SafetensorsError(`"${name}" has the type ${dtype.slice(0, 20)}; F32, I32 and BOOL are read.`);
  const [begin, end] = offsets;
  const bytes = shape.reduce((product, size) => product * size, BYTES[dtype]);
  if (end - begin !== bytes)
    throw new SafetensorsError(`"${name}" of shape ${shape.join('×')} needs ${bytes} bytes; its place has ${end - begin}.`);
  return { name, dtype, shape, begin, end };
}

/** As the format has it, every byte belongs to one tensor: else a small file could claim any amount of memory. */
function checkPlaces(places: readonly Place[], length: number): void {
  let covered = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (end > length) throw new SafetensorsError(`"${name}" ends at byte ${end}; the file's numbers end at ${length}.`);
    if (begin < covered) throw new SafetensorsError(`"${name}" shares bytes with another tensor.`);
    if (begin > covered) throw new SafetensorsError(`The bytes ${covered} to ${begin} belong to no tensor.`);
    covered = end;
  }
  if (covered !== length) throw new SafetensorsError(`The bytes ${covered} to ${length} belong to no tensor.`);
}

function tensorAt({ dtype, shape, begin, end }: Place, body: Uint8Array): TensorData {
  // A copy, which is aligned whatever the header's length.
  const data = body.slice(begin, end);
  if (dtype === 'F32') return { dtype: 'float32', shape, data: new Float32Array(data.buffer) };
  if (dtype === 'I32') return { dtype: 'int32', shape, data: new Int32Array(data.buffer) };
  return { dtype: 'bool', shape, data: data.map((value) => (value === 0 ? 0 : 1)) };
}

function parseJson(bytes: Uint8Array): unknown {
  let escaped = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    const characters = String.fromCharCode(...bytes.subarray(start, start + 8192));
    escaped += characters.replace(/[%\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  }
  try {
    // UTF-8 through ECMAScript's only decoder of it; it refuses what is none.
    return JSON.parse(decodeURIComponent(escaped));
  } catch {
    throw new SafetensorsError('The header is not JSON.');
  }
}
