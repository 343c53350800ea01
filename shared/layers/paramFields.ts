import * as z from 'zod';
import type { ParamValue } from '../graph/graph';
import type { AnyLayer } from './define';

/** How a parameter is edited. */
export type ParamControl =
  | {
      readonly kind: 'number';
      readonly min?: number | undefined;
      readonly max?: number | undefined;
      readonly integer: boolean;
      readonly nullable: boolean;
      /** What one step of it is, where its range does not tell. */
      readonly step?: number | undefined;
    }
  | { readonly kind: 'pair'; readonly min?: number | undefined; readonly max?: number | undefined; readonly nullable: boolean }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'flag' }
  /** Sizes in a row: `28 × 28 × 1`; with `letters` for sizes that are not fixed, else from `min` on, −1 being what is left. */
  | { readonly kind: 'sizes'; readonly letters: boolean; readonly nullable?: boolean; readonly min?: number | undefined }
  /** Numbers by name: the factors of a regularizer. */
  | NumbersControl
  /** One of several kinds of value, each with numbers, choices and lists of its own: the regularizers of a matrix, the constraints of a weight. */
  | { readonly kind: 'kinds'; readonly kinds: readonly ValueKind[]; readonly nullable?: boolean }
  | { readonly kind: 'json' };

interface NumbersControl {
  readonly kind: 'numbers';
  readonly fields: readonly NumberField[];
}

/** One kind of value; the one without `name` has no `kind` in its value. */
export interface ValueKind {
  readonly name: string | undefined;
  readonly numbers: readonly NumberField[];
  readonly choices: readonly { readonly name: string; readonly options: readonly string[] }[];
  /** Whole numbers in a row: axes. */
  readonly lists: readonly NumberField[];
  /** What it starts with. */
  readonly initial: Readonly<Record<string, ParamValue>>;
}

/** One number of several that are one parameter. */
interface NumberField {
  readonly name: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** One parameter of a layer, as its form shows it. */
export interface ParamField {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly default: ParamValue | undefined;
  /** The argument's name in PyTorch, where it has one. */
  readonly torch?: string | undefined;
  /** How PyTorch's argument differs. */
  readonly torchNote?: string | undefined;
  /** What its numbers count: `pixels`. */
  readonly unit?: string | undefined;
  /** Seldom changed: shown under “More”. */
  readonly isAdvanced?: boolean | undefined;
  readonly control: ParamControl;
}

const jsonType = z.object({
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  default: z.json().optional(),
  items: z.unknown().optional(),
});
/** What a value may be: of one type, with named parts, or as many items as are named. */
const jsonValue = jsonType.extend({
  prefixItems: z.array(jsonType).optional(),
  properties: z.record(z.string(), jsonType).optional(),
});
const jsonProperty = jsonValue.extend({
  description: z.string().optional(),
  anyOf: z.array(jsonValue).optional(),
  torch: z.string().optional(),
  torchNote: z.string().optional(),
  unit: z.string().optional(),
  advanced: z.boolean().optional(),
  title: z.string().optional(),
  step: z.number().optional(),
  // `false` of a tuple: nothing comes behind its own.
  items: z.union([z.boolean(), jsonType.extend({ anyOf: z.array(jsonType).optional() })]).optional(),
});
const jsonObject = z.object({ properties: z.record(z.string(), jsonProperty).default({}) });
type JsonProperty = z.output<typeof jsonProperty>;

const known = new WeakMap<z.ZodType, readonly ParamField[]>();

/** The form of a layer, read off its schema. */
export function paramFields(layer: AnyLayer): readonly ParamField[] {
  return schemaFields(layer.params);
}

/** The form of an object's schema; made once for each. */
export function schemaFields(schema: z.ZodType): readonly ParamField[] {
  const before = known.get(schema);
  if (before) return before;
  const { properties } = jsonObject.parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  const fields = Object.entries(properties).map(([name, property]): ParamField => ({
    name,
    label: property.title ?? labelOf(name),
    description: property.description,
    default: property.default,
    torch: property.torch,
    torchNote: property.torchNote,
    unit: property.unit,
    isAdvanced: property.advanced,
    control: controlOf(property),
  }));
  known.set(schema, fields);
  return fields;
}

function controlOf(property: JsonProperty): ParamControl {
  const only = property.anyOf?.find(({ type }) => type !== 'null');
  const nullable = property.anyOf?.some(({ type }) => type === 'null') ?? false;
  const { type, enum: options } = only ?? property;
  if (options) return { kind: 'choice', options };
  if (type === 'integer' || type === 'number')
    return {
      kind: 'number',
      ...boundsOf(only ?? property),
      integer: type === 'integer',
      nullable,
      ...(property.step === undefined ? {} : { step: property.step }),
    };
  if (type === 'boolean') return { kind: 'flag' };
  const kinds = property.anyOf?.flatMap((entry) => (entry.properties ? [valueKind(entry.properties)] : [])) ?? [];
  if (kinds.length > 1) return { kind: 'kinds', kinds, ...(nullable ? { nullable } : {}) };
  const numbers = Object.entries(property.properties ?? {});
  if (numbers.length > 0 && numbers.every(([, entry]) => entry.type === 'number'))
    return { kind: 'numbers', fields: numbers.map(numberField) };
  const [first, second, third] = (only ?? property).prefixItems ?? [];
  if (first && second && !third) return { kind: 'pair', min: first.minimum, max: first.maximum, nullable };
  return type === 'array' ? { ...sizesOf(property.items), ...(nullable ? { nullable } : {}) } : { kind: 'json' };
}

function numberField([name, { minimum, maximum }]: readonly [string, z.output<typeof jsonType>]): NumberField {
  return { name, min: minimum, max: maximum };
}

function valueKind(properties: Readonly<Record<string, z.output<typeof jsonType>>>): ValueKind {
  const entries = Object.entries(properties);
  return {
    name: properties['kind']?.const,
    numbers: entries.filter(([, { type }]) => type === 'number').map(numberField),
    choices: entries.flatMap(([name, { enum: options }]) => (options ? [{ name, options }] : [])),
    lists: entries.flatMap(([name, { type, items }]) => (type === 'array' ? [numberField([name, jsonType.parse(items ?? {})])] : [])),
    initial: Object.fromEntries(entries.map(([name, { const: fixed, default: value }]) => [name, (fixed ?? value ?? null) as ParamValue])),
  };
}

/** Which of several kinds a value is; undefined where none. */
export function kindOfValue(kinds: readonly ValueKind[], value: ParamValue | undefined): ValueKind | undefined {
  return isNumbers(value) ? kinds.find(({ name }) => name === value['kind']) : undefined;
}

function sizesOf(items: JsonProperty['items']): Extract<ParamControl, { kind: 'sizes' }> {
  if (typeof items !== 'object') return { kind: 'sizes', letters: false };
  const letters = items.anyOf?.some(({ type }) => type === 'string') ?? false;
  return { kind: 'sizes', letters, ...(items.minimum === undefined ? {} : { min: items.minimum }) };
}

/** Below and above what a number may be, where a bound itself is not allowed, is the next one that is told apart from it. */
const LEAST = 1e-12;
const NEAR = 1e-6;

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: z.output<typeof jsonType>) {
  return {
    min: minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + LEAST),
    max: maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - NEAR),
  };
}

/** The form of a block's parameter, by the kind of its default. */
export function controlForValue(value: ParamValue): ParamControl {
  if (typeof value === 'boolean') return { kind: 'flag' };
  if (typeof value === 'number') return { kind: 'number', integer: Number.isInteger(value), nullable: false };
  if (value === null) return { kind: 'number', integer: true, nullable: true };
  return isPair(value) ? { kind: 'pair', nullable: false } : { kind: 'json' };
}

/** Whether a control can show a value; a value from a file may be of any kind. */
export function fits(control: ParamControl, value: ParamValue | undefined): boolean {
  switch (control.kind) {
    case 'number':
      return typeof value === 'number' || (value === null && control.nullable);
    case 'pair':
      return typeof value === 'number' || isPair(value) || (value === null && control.nullable);
    case 'choice':
      return typeof value === 'string' && control.options.includes(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'sizes':
      if (value === null) return control.nullable ?? false;
      return Array.isArray(value) && value.every((size) => size === null || typeof size === 'number' || typeof size === 'string');
    case 'numbers':
      return hasNumbers(value, control.fields);
    case 'kinds': {
      if (value === null) return control.nullable ?? false;
      const own = kindOfValue(control.kinds, value);
      return own !== undefined && hasNumbers(value, own.numbers) && hasLists(value, own.lists);
    }
    case 'json':
      return true;
  }
}

function hasNumbers(value: ParamValue | undefined, fields: readonly NumberField[]): boolean {
  return isNumbers(value) && fields.every(({ name }) => value[name] === undefined || typeof value[name] === 'number');
}

/** A single number stands for a list of one. */
function hasLists(value: ParamValue | undefined, fields: readonly NumberField[]): boolean {
  const isOne = (item: ParamValue | undefined) => item === undefined || typeof item === 'number';
  return isNumbers(value) && fields.every(({ name }) => [value[name]].flat().every(isOne));
}

function isNumbers(value: ParamValue | undefined): value is { readonly [key: string]: ParamValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}

/** `kernelSize` reads "Kernel size". */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function sameValue(a: ParamValue | undefined, b: ParamValue | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
