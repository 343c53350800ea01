import type { TensorType } from '../../graph/tensor';
import { alignedForms, floatScalar } from '../onnx/layout';
import { definePrimitive } from '../primitive';
import { expectShape } from './_shapes';

function like(name: string, variable: TensorType, ...others: readonly TensorType[]): TensorType {
  for (const other of others) expectShape(name, other, variable.shape);
  return variable;
}

const T = { T: { type: 'float32' } } as const;

/** Gradient descent: variable − rate · gradient. */
export const applySgd = definePrimitive('applySgd', {
  inputs: ['variable', 'rate', 'gradient'],
  outputs: ['variable'],
  infer: ([variable, rate, gradient]) => {
    expectShape('applySgd: rate', rate, []);
    return [like('applySgd', variable, gradient)];
  },
  tensorflow: (g, [variable, rate, gradient]) => g.inPlace('ResourceApplyGradientDescent', [g.resource(variable), rate, gradient], T),
  onnx(g, operands, _, types) {
    const { aligned, restored } = alignedForms(g, operands, types.inputs);
    const [variable, rate, gradient] = aligned as [string, string, string];
    return restored(g.op('Sub', [variable, g.op('Mul', [gradient, rate])]));
  },
});

/** Share of the last step's velocity that is kept, and whether the step looks one ahead (Nesterov). */
export interface MomentumAttributes {
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * Gradient descent with momentum as Keras has it: velocity ← momentum · velocity − rate · gradient;
 * variable + velocity, or with Nesterov variable + momentum · velocity − rate · gradient.
 */
export const applyMomentum = definePrimitive('applyMomentum', {
  inputs: ['variable', 'velocity', 'rate', 'gradient'],
  outputs: ['variable', 'velocity'],
  infer([variable, velocity, rate, gradient], _: MomentumAttributes) {
    expectShape('applyMomentum: rate', rate, []);
    return [like('applyMomentum', variable, velocity, gradient), velocity];
  },
  tensorflow(g, [variable, velocity, rate, gradient], { momentum, nesterov }) {
    const operands = [g.resource(variable), g.resource(velocity), rate, gradient, g.constant([momentum], [], 'float32')];
    const done = g.inPlace('ResourceApplyKerasMomentum', operands, { ...T, use_nesterov: nesterov });
    return [done, done];
  },
  onnx(g, operands, { momentum, nesterov }, types) {
    const { aligned, restored } = alignedForms(g, operands, types.inputs);
    const [variable, velocity, rate, gradient] = aligned as [string, string, string, string];
    const descent = g.op('Mul', [gradient, rate]);
    const kept = (value: string) => g.op('Mul', [value, floatScalar(g, momentum)]);
    const next = g.op('Sub', [kept(velocity), descent]);
    const step = nesterov ? g.op('Sub', [kept(next), descent]) : next;
    return [g.op('Add', [variable, step]), next].map(restored);
  },
});

/** Decay of both moving averages, and what is added to the root of the second. */
export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam (Kingma & Ba 2015, the efficient form before section 2.1, as Keras has it: epsilon beside the uncorrected root):
 * variable − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε). The powers of the betas at step t are inputs.
 */
export const applyAdam = definePrimitive('applyAdam', {
  inputs: ['variable', 'm', 'v', 'beta1Power', 'beta2Power', 'rate', 'gradient'],
  outputs: ['variable', 'm', 'v'],
  infer([variable, m, v, beta1Power, beta2Power, rate, gradient], _: AdamAttributes) {
    for (const scalar of [beta1Power, beta2Power, rate]) expectShape('applyAdam', scalar, []);
    return [like('applyAdam', variable, m, v, gradient), m, v];
  },
  tensorflow(g, [variable, m, v, beta1Power, beta2Power, rate, gradient], { beta1, beta2, epsilon }) {
    const constants = [beta1, beta2, epsilon].map((value) => g.constant([value], [], 'float32'));
    const slots = [variable, m, v].map((slot) => g.resource(slot));
    const done = g.inPlace('ResourceApplyAdam', [...slots, beta1Power, beta2Power, rate, ...constants, gradient], T);
    return [done, done, done];
  },
  onnx(g, operands, { beta1, beta2, epsilon }, types) {
    const { aligned, restored } = alignedForms(g, operands, types.inputs);
    const [variable, m, v, power1, power2, rate, gradient] = aligned as [string, string, string, string, string, string, string];
    const average = (old: string, value: string, beta: number) =>
      g.op('Add', [g.op('Mul', [old, floatScalar(g, beta)]), g.op('Mul', [value, floatScalar(g, 1 - beta)])]);
    const nextM = average(m, gradient, beta1);
    const nextV = average(v, g.op('Mul', [gradient, gradient]), beta2);
    const rest = (power: string) => g.op('Sub', [floatScalar(g, 1), power]);
    const corrected = g.op('Mul', [rate, g.op('Div', [g.op('Sqrt', [rest(power2)]), rest(power1)])]);
    const direction = g.op('Div', [nextM, g.op('Add', [g.op('Sqrt', [nextV]), floatScalar(g, epsilon)])]);
    return [g.op('Sub', [variable, g.op('Mul', [direction, corrected])]), nextM, nextV].map(restored);
  },
});
