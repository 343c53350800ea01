import type { ParamValue } from '../../../shared/graph/graph';
import { isPair, type ParamControl } from '../../../shared/layers/paramFields';
import { stepNumber } from '../../ui/NumberField';

type NumberControl = Extract<ParamControl, { kind: 'number' }>;

/** What one step of a number is: hundredths between 0 and 1. */
export function stepSize({ integer, max, step }: Pick<NumberControl, 'integer' | 'max' | 'step'>): number {
  if (step !== undefined) return step;
  return integer || max === undefined || max > 1 ? 1 : 0.01;
}

/** A share such as a rate: its whole range fits on a slider. */
export function hasSlider({ min, max, integer, nullable, step }: NumberControl): boolean {
  return step === undefined && min === 0 && max !== undefined && max <= 1 && !integer && !nullable;
}

/** The value so many steps on, within its bounds; undefined where a value has no steps. */
export function stepParam(control: ParamControl, value: ParamValue | undefined, by: number, toPower: boolean): ParamValue | undefined {
  if (control.kind === 'number') {
    if (typeof value !== 'number' && !(value === null && control.nullable)) return undefined;
    return stepNumber(value ?? control.min ?? 0, by * stepSize(control), toPower, control);
  }
  if (control.kind !== 'pair') return undefined;
  const bounds = { ...control, integer: true };
  if (typeof value === 'number') return stepNumber(value, by, toPower, bounds);
  return isPair(value) ? value.map((size) => stepNumber(size, by, toPower, bounds)) : undefined;
}
