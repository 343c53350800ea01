import type { Value } from '../../program/builder';
import type { AdamAttributes } from '../../program/primitives/optimizer';
import type { UpdatePrimitive } from '../../program/primitives/_update';
import type { WeightStep } from './_define';

interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** A step of Adam or of one of its relatives that are one primitive. */
export function adamStep(primitive: UpdatePrimitive<AdamAttributes>, step: WeightStep, { beta1, beta2, epsilon }: AdamSettings): void {
  const { builder, variable, gradient, rate, weightDecay, once } = step;
  const slots = primitive.rule.slots.map((kind) => step.slot(kind));
  const power = (beta: number) => once(`power ${beta}`, () => builder.pow(builder.scalar(beta), step.step()));
  const powers = [power(beta1), power(beta2)].slice(0, primitive.rule.scalars.length);
  const results = builder.emit(primitive, [variable, ...slots, ...powers, rate, gradient], { beta1, beta2, epsilon, weightDecay });
  [variable, ...slots].forEach((target, index) => builder.assign(target, results[index] as Value));
}
