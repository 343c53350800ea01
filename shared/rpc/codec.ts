import { RpcError } from './messages';

/**
 * Messages as WebSocket frames: JSON text where there are no typed arrays, else a binary frame of a JSON head and the
 * arrays' bytes behind it.
 *
 * Binary layout, little-endian: u32 length of the head · head as ASCII (others escaped) · zeros up to a multiple of 8 ·
 * each array's bytes, each at a multiple of 8. In the head an array is `{ "$array": [type, offset, length] }`.
 */
const TYPES = { Float32Array, Int32Array, Uint8Array } as const;
type ArrayName = keyof typeof TYPES;
type TypedArray = InstanceType<(typeof TYPES)[ArrayName]>;

/** Largest frame that is read, in bytes. */
export const MAX_FRAME = 256 * 1024 * 1024;
const MAX_DEPTH = 64;

export function encodeFrame(message: unknown): string | Uint8Array {
  const arrays: TypedArray[] = [];
  let offset = 0;
  const head = JSON.stringify(message, (_key, value: unknown) => {
    const type = arrayName(value);
    if (!type) return value;
    const array = value as TypedArray;
    const placed = { $array: [type, offset, array.length] };
    arrays.push(array);
    offset += padded(array.byteLength);
    return placed;
  });
  return arrays.length === 0 ? head : binaryFrame(escapeToAscii(head), arrays, offset);
}

function arrayName(value: unknown): ArrayName | undefined {
  return (Object.keys(TYPES) as ArrayName[]).find((name) => value instanceof TYPES[name]);
}

function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}

function escapeToAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function binaryFrame(head: string, arrays: readonly TypedArray[], size: number): Uint8Array {
  const start = padded(4 + head.length);
  const frame = new Uint8Array(start + size);
  new DataView(frame.buffer).setUint32(0, head.length, true);
  for (let index = 0; index < head.length; index += 1) frame[4 + index] = head.charCodeAt(index);
  let offset = start;
  for (const array of arrays) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += padded(array.byteLength);
  }
  return frame;
}

/** The message of a frame. Throws `RpcError` for a frame that is damaged or hostile. */
export function decodeFrame(frame: string | Uint8Array): unknown {
  if (frame.length > MAX_FRAME) throw badFrame(`has ${frame.length} bytes, at most ${MAX_FRAME} are read`);
  try {
    if (typeof frame === 'string') return revive(JSON.parse(frame), undefined, 0);
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
    const length = frame.length < 4 ? Infinity : view.getUint32(0, true);
    if (4 + length > frame.length) throw badFrame('is shorter than its head says');
    return revive(JSON.parse(ascii(frame.subarray(4, 4 + length))), frame.subarray(padded(4 + length)), 0);
  } catch (error) {
    throw error instanceof RpcError ? error : badFrame('is not JSON');
  }
}

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return text;
}

function revive(value: unknown, bytes: Uint8Array | undefined, depth: number): unknown {
  if (depth > MAX_DEPTH) throw badFrame(`is nested more than ${MAX_DEPTH} deep`);
  if (Array.isArray(value)) return value.map((item) => revive(item, bytes, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  if (bytes && Object.hasOwn(value, '$array')) return reviveArray((value as { $array: unknown }).$array, bytes);
  // Null prototype: `__proto__` in a message is a key like any other.
  const revived = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) revived[key] = revive(item, bytes, depth + 1);
  return revived;
}

function reviveArray(place: unknown, bytes: Uint8Array): TypedArray {
  const [type, offset, length] = Array.isArray(place) ? (place as unknown[]) : [];
  const make = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type as ArrayName] : undefined;
  if (!make || !isCount(offset) || !isCount(length) || offset % 8 !== 0 || offset + length * make.BYTES_PER_ELEMENT > bytes.length)
    throw badFrame('has an array outside its bytes');
  // A copy: the frame's buffer need not be aligned, and must not be kept alive by one array. Not `slice`: that of Node's Buffer copies nothing.
  const copy = new Uint8Array(length * make.BYTES_PER_ELEMENT);
  copy.set(bytes.subarray(offset, offset + copy.length));
  return new make(copy.buffer);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function badFrame(why: string): RpcError {
  return new RpcError('E_FRAME', `A message ${why}.`);
}
