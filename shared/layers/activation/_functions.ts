import type { Builder, Value } from '../../program/builder';
import type { KerasRecord } from '../define';
import { snakeCase } from '../snakeCase';

/** Selu's constants, from its paper. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

type Apply = (b: Builder, x: Value) => Value;

/** max(x, 0) + slope · min(x, 0). */
export function leaky(b: Builder, x: Value, slope: Value): Value {
  return b.sub(b.relu(x), b.mul(slope, b.relu(b.neg(x))));
}

/** Alpha · (exp(x / scale) − 1) below zero; the exponent never sees what is above, where it would overflow. */
export function exponentialBelow(b: Builder, x: Value, alpha: number, scale = 1): Value {
  const below = b.div(b.minimum(x, b.scalar(0)), b.scalar(scale));
  return b.add(b.relu(x), b.mul(b.scalar(alpha), b.sub(b.exp(below), b.scalar(1))));
}

/** log(1 + exp(x)) without overflow: max(x, 0) + log(1 + exp(−|x|)). */
export function softplusOf(b: Builder, x: Value): Value {
  return b.add(b.relu(x), b.log(b.add(b.scalar(1), b.exp(b.neg(absolute(b, x))))));
}

export function absolute(b: Builder, x: Value): Value {
  return b.maximum(x, b.neg(x));
}

/** Between low and high. */
export function clip(b: Builder, x: Value, low: number, high: number): Value {
  return b.minimum(b.maximum(x, b.scalar(low)), b.scalar(high));
}

/** The tanh approximation of gelu. */
export function geluTanh(b: Builder, x: Value): Value {
  const cube = b.mul(b.mul(x, x), x);
  const inner = b.mul(b.scalar(Math.sqrt(2 / Math.PI)), b.add(x, b.mul(b.scalar(0.044715), cube)));
  return b.mul(b.mul(b.scalar(0.5), x), b.add(b.scalar(1), b.tanh(inner)));
}

/** Activations without parameters, under Keras's names. */
export const activationFunctions = {
  linear: (_b, x) => x,
  relu: (b, x) => b.relu(x),
  elu: (b, x) => exponentialBelow(b, x, 1),
  selu: (b, x) => b.mul(b.scalar(SELU_SCALE), exponentialBelow(b, x, SELU_ALPHA)),
  gelu: (b, x) => b.mul(b.mul(b.scalar(0.5), x), b.add(b.scalar(1), b.erf(b.mul(x, b.scalar(Math.SQRT1_2))))),
  swish: (b, x) => b.mul(x, b.sigmoid(x)),
  mish: (b, x) => b.mul(x, b.tanh(softplusOf(b, x))),
  sigmoid: (b, x) => b.sigmoid(x),
  hardSigmoid: (b, x) => clip(b, b.add(b.mul(b.scalar(0.2), x), b.scalar(0.5)), 0, 1),
  tanh: (b, x) => b.tanh(x),
  softplus: softplusOf,
  softsign: (b, x) => b.div(x, b.add(b.scalar(1), absolute(b, x))),
} as const satisfies Readonly<Record<string, Apply>>;

export type ActivationName = keyof typeof activationFunctions;

/** Keras's hard sigmoid is clip(0.2 · x + 0.5, 0, 1) before Keras 3 and clip(x / 6 + 0.5, 0, 1) since: these are ours in both. */
const kerasHardSigmoid = {
  parts: [
    { name: 'line', className: 'Rescaling', config: { scale: 0.2, offset: 0.5 }, inputs: ['x'] },
    { name: 'clipped', className: 'ReLU', config: { max_value: 1, negative_slope: 0, threshold: 0 }, inputs: ['line'] },
  ],
  outputs: { y: 'clipped' },
};

/** The layers of Keras that compute an activation. */
export function kerasActivationRecord(name: ActivationName): KerasRecord {
  return name === 'hardSigmoid' ? kerasHardSigmoid : kerasActivation(name);
}

/** Keras's `Activation` layer of a name. */
export function kerasActivation(name: Exclude<ActivationName, 'hardSigmoid'> | 'softmax' | 'logSoftmax') {
  return { className: 'Activation', config: { activation: snakeCase(name) } };
}

/** PyTorch's expression of each. */
export const torchActivations: Readonly<Record<ActivationName, string>> = {
  linear: 'nn.Identity()',
  relu: 'nn.ReLU()',
  elu: 'nn.ELU()',
  selu: 'nn.SELU()',
  gelu: 'nn.GELU()',
  swish: 'nn.SiLU()',
  mish: 'nn.Mish()',
  sigmoid: 'nn.Sigmoid()',
  hardSigmoid: 'nn.Hardtanh(0, 1)',
  tanh: 'nn.Tanh()',
  softplus: 'nn.Softplus()',
  softsign: 'nn.Softsign()',
};
