import type { ParamValue } from '../../graph/graph';
import type { ParamField } from '../../layers/paramFields';
import type { Data } from '../run/values';
import { camelCase } from './forms';
import { isList, isSettings, pairOf, type Call } from './step';
import { namedSetting } from './weightSettings';

/** The value of a parameter as the code gives it, in this program's terms; the layer's schema has the last word. */
export function convert(call: Call, field: ParamField, argument: string, value: Data): ParamValue | undefined {
  const special = call.framework === 'torch' ? fromTorch(argument, value) : fromKeras(field, argument, value);
  if (special !== undefined) return special;
  if (field.control.kind === 'choice' && typeof value === 'string') return camelCase(value);
  if (field.control.kind === 'number' && isList(value) && value.length === 1) return value[0];
  return value;
}

function fromTorch(argument: string, value: Data): ParamValue | undefined {
  // PyTorch counts the share of the new statistics, Keras that of the old ones.
  if (argument === 'momentum') return typeof value === 'number' ? Number((1 - value).toPrecision(12)) : undefined;
  if (argument === 'approximate') return value === 'tanh';
  return undefined;
}

function fromKeras(field: ParamField, argument: string, value: Data): ParamValue | undefined {
  if (!/_(initializer|regularizer|constraint)$/.test(argument)) return undefined;
  const setting = typeof value === 'string' ? (namedSetting(value) ?? camelCase(value)) : value;
  // A slope starts at a number here.
  if (field.control.kind !== 'number') return setting;
  if (setting === 'zeros') return 0;
  return isSettings(setting) && setting['kind'] === 'constant' ? setting['value'] : undefined;
}

/** PyTorch's number of zeros on each side, as a padding of ours; a list of four where only a layer of its own can say it. */
export function torchPadding(
  value: Data | undefined,
  kernel: readonly [number, number],
  dilation: readonly [number, number],
): string | readonly [number, number, number, number] | undefined {
  if (typeof value === 'string') return value;
  const pads = pairOf(value ?? 0);
  if (!pads) return undefined;
  if (pads[0] === 0 && pads[1] === 0) return 'valid';
  // Consistent padding puts (k − 1)·d zeros in all: the same on both sides where that is even.
  const isConsistent = pads.every((pad, axis) => 2 * pad === ((kernel[axis] ?? 1) - 1) * (dilation[axis] ?? 1));
  return isConsistent ? 'consistent' : [pads[1], pads[1], pads[0], pads[0]];
}
