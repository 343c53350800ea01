import type { Value } from '../../program/builder';
import type { ProgramBuilder } from '../../program/builderOf';
import type { WeightStep } from './_define';

/** A moving average: decay · old + (1 − decay) · value. */
export function averaged(b: ProgramBuilder, old: Value, value: Value, decay: number): Value {
  return b.add(b.mul(old, b.scalar(decay)), b.mul(value, b.scalar(1 - decay)));
}

/** The weight before its step, less its decay. */
export function decayed({ builder: b, variable, rate, weightDecay }: WeightStep): Value {
  if (weightDecay === 0) return variable;
  return b.sub(variable, b.mul(variable, b.mul(rate, b.scalar(weightDecay))));
}
