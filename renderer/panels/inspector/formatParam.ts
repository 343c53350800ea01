import type { ParamValue } from '../../../shared/graph/graph';
import { isPair, type ParamControl } from '../../../shared/layers/paramFields';
import { formatNumber } from '../../ui/NumberField';
import { formatCount } from '../../ui/numbers';
import { formatPair } from '../../ui/PairField';
import { formatSizes } from './sizes';

/** A parameter's value as its field shows it. */
export function formatParam(value: ParamValue | undefined): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return value;
  if (isPair(value)) return formatPair(value);
  if (isSizes(value)) return formatSizes(value);
  if (isKind(value)) return formatKind(value);
  return isNumbers(value) ? formatNumbers(value) : JSON.stringify(value);
}

function isNumbers(value: ParamValue): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'number');
}

type Kind = Readonly<Record<string, ParamValue>> & { readonly kind: string };

function isKind(value: ParamValue): value is Kind {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'kind' in value && typeof value['kind'] === 'string';
}

/** `maxNorm · maxValue 2 · axis 0`. */
function formatKind({ kind, ...parts }: Kind): string {
  return [kind, ...Object.entries(parts).map(([name, value]) => `${name} ${isSizes(value) ? value.join(', ') : formatParam(value)}`)].join(
    ' · ',
  );
}

/** `none` where every factor is 0, else `l2 0.01`. */
function formatNumbers(value: Readonly<Record<string, number>>): string {
  const set = Object.entries(value).filter(([, number]) => number !== 0);
  return set.length === 0 ? 'none' : set.map(([name, number]) => `${name} ${formatNumber(number)}`).join(' · ');
}

function isSizes(value: ParamValue): value is readonly (number | string | null)[] {
  return Array.isArray(value) && value.every((item) => item === null || typeof item === 'number' || typeof item === 'string');
}

/** `1 to 65,536`; undefined where any value will do. */
export function formatBounds(control: ParamControl): string | undefined {
  if (control.kind !== 'number' && control.kind !== 'pair') return undefined;
  const { min, max } = control;
  if (min === undefined) return undefined;
  const least = Number.isInteger(min) ? formatCount(min) : formatNumber(min);
  if (max === undefined || max >= Number.MAX_SAFE_INTEGER) return `at least ${least}`;
  return `${least} to ${Number.isInteger(max) ? formatCount(max) : formatNumber(max)}`;
}
