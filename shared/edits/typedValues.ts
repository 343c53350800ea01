import type { Params, ParamValue } from '../graph/graph';
import type { ParamField } from '../layers/paramFields';

/** `128`, `.5`, `/2`, `3x3`, `56×56×64`, `same`: numbers may stand at a word's end, as in `conv128/2`. */
const TOKEN = /^(?:\/\d+(?:[x×]\d+)?|(?:\d+|[A-Z])(?:[x×](?:\d+|[A-Z]))+|\d*\.?\d+|[A-Za-z]\w*)/;

/** What was typed behind a layer's name: values by parameter, and words that no parameter takes. */
export interface TypedValues {
  readonly params: Params;
  readonly words: readonly string[];
}

/**
 * Reads values as one says them to somebody who draws: `conv2d 128 /2 3x3 same`. A number is the first size that the layer
 * has (`filters`, `units`, `rate`), `/2` its strides, `3x3` its window or shape, a word one of its choices. Undefined where a
 * number has no place.
 */
export function readTypedValues(fields: readonly ParamField[], text: string): TypedValues | undefined {
  const params: Record<string, ParamValue> = {};
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const token = TOKEN.exec(rest)?.[0];
    if (token === undefined) return undefined;
    rest = rest.slice(token.length).replace(/^[\s,;]+/, '');
    const free = fields.filter(({ name }) => !Object.hasOwn(params, name));
    const found = place(free, token);
    if (found) params[found.name] = found.value;
    else if (/^[A-Za-z]/.test(token) && !/^[A-Z][x×]/.test(token)) words.push(token);
    else return undefined;
  }
  return { params, words };
}

function place(free: readonly ParamField[], token: string): { readonly name: string; readonly value: ParamValue } | undefined {
  if (token.startsWith('/')) return placeStrides(free, token.slice(1));
  if (/^[\d.]+$/.test(token)) return placeNumber(free, Number(token));
  if (/[x×]/.test(token) && /^(\d|[A-Z][x×])/.test(token)) return placeSizes(free, sizesOf(token));
  return placeWord(free, token.toLowerCase());
}

function sizesOf(token: string): readonly (number | string)[] {
  return token.split(/[x×]/).map((size) => (/^\d+$/.test(size) ? Number(size) : size));
}

function placeStrides(free: readonly ParamField[], text: string) {
  const field = free.find(({ name }) => name === 'strides');
  const [first = 1, second = first] = sizesOf(text).map(Number);
  if (!field) return undefined;
  return { name: field.name, value: field.control.kind === 'pair' ? [first, second] : first };
}

function placeNumber(free: readonly ParamField[], value: number) {
  const numbers = free.filter(({ control }) => control.kind === 'number' && isWithin(control, value));
  // What is seldom changed is meant only where nothing else can be.
  const number = numbers.find(({ isAdvanced }) => !isAdvanced);
  if (number) return { name: number.name, value };
  const window = free.find(isWindow);
  if (window && Number.isInteger(value)) return { name: window.name, value: [value, value] };
  const sizes = free.find(({ control }) => control.kind === 'sizes');
  if (sizes && Number.isInteger(value)) return { name: sizes.name, value: [value] };
  return numbers[0] && { name: numbers[0].name, value };
}

function isWithin(
  control: { readonly integer: boolean; readonly min?: number | undefined; readonly max?: number | undefined },
  value: number,
): boolean {
  return (!control.integer || Number.isInteger(value)) && value >= (control.min ?? -Infinity) && value <= (control.max ?? Infinity);
}

function placeSizes(free: readonly ParamField[], sizes: readonly (number | string)[]) {
  const shape = free.find(({ control }) => control.kind === 'sizes');
  if (shape) return { name: shape.name, value: sizes };
  const window = free.find(isWindow);
  return window && sizes.length === 2 && sizes.every((size) => typeof size === 'number') ? { name: window.name, value: sizes } : undefined;
}

function isWindow({ name, control }: ParamField): boolean {
  return control.kind === 'pair' && name !== 'strides';
}

function placeWord(free: readonly ParamField[], word: string) {
  for (const { name, control } of free) {
    if (control.kind !== 'choice') continue;
    const option = control.options.find((each) => each.toLowerCase().startsWith(word));
    if (option !== undefined) return { name, value: option };
  }
  return undefined;
}
