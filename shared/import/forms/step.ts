import type { Params, ParamValue } from '../../graph/graph';
import type { DataFormat } from '../../graph/tensor';
import { findLayer } from '../../layers/index';
import type { ParamField } from '../../layers/paramFields';
import type { Data } from '../run/values';
import type { Framework } from './forms';

/** One layer that a call becomes. A call can become several: padding before a convolution, an activation behind it. */
export interface Step {
  readonly type: string;
  readonly params: Params;
  /** How many channels or features the code says that it takes; they follow from the input here, and are only checked. */
  readonly expects?: number | undefined;
}

/** The arguments of one call, by name, and what is to be said of them. */
export interface Call {
  readonly framework: Framework;
  readonly className: string;
  readonly dataFormat: DataFormat;
  readonly values: ReadonlyMap<string, Data | undefined>;
  /** Arguments whose value is a name that the text does not define: `units` is `num_classes`. */
  readonly unsaid: ReadonlyMap<string, string>;
  /** Notes something that the drawing does not have. */
  note(text: string): void;
}

/** What `note` is told of an argument: `groups=32`. */
export function shownArgument(name: string, value: Data | undefined): string {
  if (value === undefined) return name;
  return `${name}=${shortened(shownData(value))}`;
}

/** Of what is longer than a person writes, the beginning. */
export function shortened(shown: string): string {
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}

/** Longer is no argument that anybody wrote, and would fill what tells of it. */
const LONGEST = 120;

function shownData(value: Data): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isList(value)) return `(${value.map(shownData).join(', ')})`;
  if (typeof value === 'object')
    return `(${Object.entries(value)
      .map(([name, part]) => `${name}=${shownData(part)}`)
      .join(', ')})`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Both numbers of a pair; one number means both. */
export function pairOf(value: Data | undefined): readonly [number, number] | undefined {
  if (typeof value === 'number') return [value, value];
  if (!isList(value) || value.length !== 2) return undefined;
  const [a, b] = value;
  return typeof a === 'number' && typeof b === 'number' ? [a, b] : undefined;
}

export function isList(value: Data | undefined): value is readonly Data[] {
  return Array.isArray(value);
}

/** Several values by name that are one. */
export function isSettings(value: Data | undefined): value is Readonly<Record<string, Data>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an axis is that of the channels wherever the framework has them: the last, the one that it has them at in images, or none said. */
export function isChannels({ framework }: Call, axis: Data | undefined): boolean {
  return axis === undefined || axis === -1 || axis === (framework === 'torch' ? 1 : 3);
}

/** A value as one layer's parameter, or undefined where the layer refuses it. */
export function accepted(type: string, { name }: ParamField, value: ParamValue): ParamValue | undefined {
  const parsed = findLayer(type)?.params.safeParse({ [name]: value });
  return parsed?.success ? (parsed.data[name] as ParamValue) : undefined;
}
