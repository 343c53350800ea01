import type { Parameter, Statement } from '../python/syntax';

/** An output of a layer that stands in the network, by its place in the list of layers. */
export interface TensorRef {
  readonly layer: number;
  readonly port: string;
}

/** What feeds a layer: another one, or whatever the pasted layers will be wired to. */
export type Source = TensorRef | 'incoming';

/** A call that makes a layer, before the layer is used. */
export interface Recipe {
  readonly className: string;
  readonly args: readonly CallArgument[];
  readonly line: number;
}

export interface CallArgument {
  readonly name: string | undefined;
  readonly value: Value;
}

export type Plain = number | string | boolean | null;

/** What a name can stand for while the text is followed. Lists and fields grow, as they do in Python. */
export type Value =
  | { readonly kind: 'plain'; readonly value: Plain }
  | { readonly kind: 'list'; readonly items: Value[] }
  | { readonly kind: 'dict'; readonly entries: Map<string, Value> }
  /** A name that the text does not define: `nn.Conv2d`, or `x` where the snippet begins in the middle. */
  | { readonly kind: 'path'; readonly name: string }
  | LayerValue
  | ChainValue
  | TensorValue
  | ClassValue
  | ObjectValue
  | FunctionValue
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  /** What is said of a weight: Keras's initializers, regularizers and constraints. */
  | { readonly kind: 'setting'; readonly data: Data }
  | { readonly kind: 'unknown' };

export interface TensorValue {
  readonly kind: 'tensor';
  readonly of: Source;
  /** What a whole model of PyTorch gave outside of any function: what is computed with it is a loss or a measure, no layer. */
  readonly isResult?: true;
}

export interface LayerValue {
  readonly kind: 'layer';
  readonly recipe: Recipe;
  /** The name that the code gives it. */
  name: string | undefined;
  uses: number;
}

/** Layers one after the other: Keras's and PyTorch's `Sequential`. */
export interface ChainValue {
  readonly kind: 'chain';
  readonly items: Value[];
  readonly line: number;
  uses: number;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly functions: ReadonlyMap<string, FunctionValue>;
  readonly isModel: boolean;
  readonly line: number;
  uses: number;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly of: ClassValue | undefined;
  readonly fields: Map<string, Value>;
  uses: number;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly line: number;
  readonly scope: Scope;
  readonly self?: ObjectValue;
}

/** Names and what they stand for; what is not here is looked for in the scope around it. */
export interface Scope {
  readonly names: Map<string, Value>;
  readonly around: Scope | undefined;
}

/** What the pasted layers will be wired to. */
export const INCOMING: Value = { kind: 'tensor', of: 'incoming' };
export const UNKNOWN: Value = { kind: 'unknown' };
export const NONE: Value = { kind: 'plain', value: null };

export function plain(value: Plain): Value {
  return { kind: 'plain', value };
}

/** What a list, a chain or a dictionary holds; nothing of anything else. */
export function listOf(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list' || value?.kind === 'chain') return value.items;
  return value?.kind === 'dict' ? [...value.entries.values()] : [];
}

/** `characters`: so many of a text count as a value. */
const MOST = { inside: 5_000, depth: 60, characters: 200 } as const;

/**
 * How many values are walked through to see all that lists hold, itself among them, long texts as several; of one that is not walkable
 * more than the most, and no fewer than it holds itself.
 */
export function sizeOf(value: Value): number {
  let size = 0;
  const within = (one: Value, depth: number): boolean => {
    size += 1 + Math.floor(textOf(one).length / MOST.characters) + (one.kind === 'list' ? 0 : lengthOf(one));
    if (size > MOST.inside || depth > MOST.depth) return false;
    return one.kind !== 'list' || one.items.every((item) => within(item, depth + 1));
  };
  return within(value, 0) ? size : Math.max(MOST.inside, lengthOf(value)) + 1;
}

function lengthOf(value: Value): number {
  if (value.kind === 'list' || value.kind === 'chain') return value.items.length;
  return value.kind === 'dict' ? value.entries.size : 0;
}

function textOf(value: Value): string {
  if (value.kind === 'path') return value.name;
  return value.kind === 'plain' && typeof value.value === 'string' ? value.value : '';
}

/** Whether what lists hold can be walked through: they may hold one another many times over, or themselves. */
export function isWalkable(value: Value): boolean {
  return sizeOf(value) <= MOST.inside;
}

/** Numbers, texts, lists of them, and several by name that are one value. */
export type Data = Plain | readonly Data[] | { readonly [name: string]: Data };

/** Undefined where something else is among them. */
export function dataOf(value: Value): Data | undefined {
  return isWalkable(value) ? dataInside(value) : undefined;
}

function dataInside(value: Value): Data | undefined {
  if (value.kind === 'plain') return value.value;
  if (value.kind === 'setting') return value.data;
  // `tf.float32`, `nn.ReLU`: a name of the framework says what its last part says.
  if (value.kind === 'path') return value.name.slice(value.name.lastIndexOf('.') + 1);
  if (value.kind !== 'list') return undefined;
  const items = value.items.map(dataInside);
  return items.every((item) => item !== undefined) ? items : undefined;
}
