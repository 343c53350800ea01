import { defineUpdate, type Algebra, type UpdateAttributes } from './_update';

/** A moving average: decay · old + (1 − decay) · value. */
function averaged<T>(o: Algebra<T>, old: T, value: T, decay: number): T {
  return o.add(o.mul(old, o.number(decay)), o.mul(value, o.number(1 - decay)));
}

type Of<T, N extends number, R extends readonly T[] = readonly []> = R['length'] extends N ? R : Of<T, N, readonly [...R, T]>;
function tuple<T, N extends number>(values: readonly T[], _: N): Of<T, N> {
  return values as unknown as Of<T, N>;
}

/** Gradient descent: variable − rate · gradient. */
export const applySgd = defineUpdate<UpdateAttributes>('applySgd', {
  slots: [],
  scalars: [],
  step: (o, { variable, rate, gradient }) => [o.sub(variable, o.mul(gradient, rate))],
  tensorflow: ({ variable, rate, gradient }) => ({ op: 'ResourceApplyGradientDescent', operands: [variable, rate, gradient] }),
});

/** Share of the last step's velocity that is kept, and whether the step looks one ahead (Nesterov). */
export interface MomentumAttributes extends UpdateAttributes {
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * Gradient descent with momentum as Keras has it: velocity ← momentum · velocity − rate · gradient;
 * variable + velocity, or with Nesterov variable + momentum · velocity − rate · gradient.
 */
export const applyMomentum = defineUpdate<MomentumAttributes>('applyMomentum', {
  slots: ['velocity'],
  scalars: [],
  step(o, { variable, slots, rate, gradient }, { momentum, nesterov }) {
    const [velocity] = tuple(slots, 1);
    const descent = o.mul(gradient, rate);
    const next = o.sub(o.mul(velocity, o.number(momentum)), descent);
    const step = nesterov ? o.sub(o.mul(next, o.number(momentum)), descent) : next;
    return [o.add(variable, step), next];
  },
  tensorflow: ({ variable, slots, rate, gradient }, { momentum, nesterov }, number) => ({
    op: 'ResourceApplyKerasMomentum',
    operands: [variable, ...slots, rate, gradient, number(momentum)],
    attributes: { use_nesterov: nesterov },
  }),
});

/** Decay of both moving averages, and what is added to the root of the second. */
export interface AdamAttributes extends UpdateAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ). */
function corrected<T>(o: Algebra<T>, rate: T, power1: T, power2: T): T {
  const one = o.number(1);
  return o.mul(rate, o.div(o.sqrt(o.sub(one, power2)), o.sub(one, power1)));
}

/**
 * Adam (Kingma & Ba 2015, the efficient form before section 2.1, as Keras has it: epsilon beside the uncorrected root):
 * variable − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε). The powers of the betas at step t are inputs.
 */
export const applyAdam = defineUpdate<AdamAttributes>('applyAdam', {
  slots: ['m', 'v'],
  scalars: ['beta1Power', 'beta2Power'],
  step(o, { variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }) {
    const [m, v] = tuple(slots, 2);
    const [power1, power2] = tuple(scalars, 2);
    const nextM = averaged(o, m, gradient, beta1);
    const nextV = averaged(o, v, o.mul(gradient, gradient), beta2);
    const direction = o.div(nextM, o.add(o.sqrt(nextV), o.number(epsilon)));
    return [o.sub(variable, o.mul(direction, corrected(o, rate, power1, power2))), nextM, nextV];
  },
  tensorflow: ({ variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }, number) => ({
    op: 'ResourceApplyAdam',
    operands: [variable, ...slots, ...scalars, rate, number(beta1), number(beta2), number(epsilon), gradient],
  }),
});

/** AMSGrad (Reddi, Kale & Kumar 2018): Adam that divides by the largest second moment so far. */
export const applyAmsgrad = defineUpdate<AdamAttributes>('applyAmsgrad', {
  slots: ['m', 'v', 'vMax'],
  scalars: ['beta1Power', 'beta2Power'],
  step(o, { variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }) {
    const [m, v, vMax] = tuple(slots, 3);
    const [power1, power2] = tuple(scalars, 2);
    const nextM = averaged(o, m, gradient, beta1);
    const nextV = averaged(o, v, o.mul(gradient, gradient), beta2);
    const nextMax = o.maximum(vMax, nextV);
    const direction = o.div(nextM, o.add(o.sqrt(nextMax), o.number(epsilon)));
    return [o.sub(variable, o.mul(direction, corrected(o, rate, power1, power2))), nextM, nextV, nextMax];
  },
  tensorflow: ({ variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }, number) => ({
    op: 'ResourceApplyAdamWithAmsgrad',
    operands: [variable, ...slots, ...scalars, rate, number(beta1), number(beta2), number(epsilon), gradient],
  }),
});

/** Adamax (Kingma & Ba 2015, section 7.1): variable − rate / (1 − β₁ᵗ) · m / (u + ε), u the largest decayed gradient. */
export const applyAdamax = defineUpdate<AdamAttributes>('applyAdamax', {
  slots: ['m', 'u'],
  scalars: ['beta1Power'],
  step(o, { variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }) {
    const [m, u] = tuple(slots, 2);
    const [power1] = tuple(scalars, 1);
    const nextM = averaged(o, m, gradient, beta1);
    const nextU = o.maximum(o.mul(u, o.number(beta2)), o.abs(gradient));
    const direction = o.div(nextM, o.add(nextU, o.number(epsilon)));
    return [o.sub(variable, o.mul(direction, o.div(rate, o.sub(o.number(1), power1)))), nextM, nextU];
  },
  tensorflow: ({ variable, slots, scalars, rate, gradient }, { beta1, beta2, epsilon }, number) => ({
    op: 'ResourceApplyAdaMax',
    operands: [variable, ...slots, ...scalars, rate, number(beta1), number(beta2), number(epsilon), gradient],
  }),
});

/** Decay of the average of squares, share of the last step that is kept, and what is added below the root. */
export interface RmspropAttributes extends UpdateAttributes {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
}

/** RMSprop (Hinton 2012) as Keras has it: step ← momentum · step + rate · gradient / √(average of squares + ε). */
export const applyRmsprop = defineUpdate<RmspropAttributes>('applyRmsprop', {
  slots: ['square', 'step'],
  scalars: [],
  step(o, { variable, slots, rate, gradient }, { rho, momentum, epsilon }) {
    const [square, last] = tuple(slots, 2);
    const nextSquare = averaged(o, square, o.mul(gradient, gradient), rho);
    const descent = o.div(o.mul(gradient, rate), o.sqrt(o.add(nextSquare, o.number(epsilon))));
    const next = o.add(o.mul(last, o.number(momentum)), descent);
    return [o.sub(variable, next), nextSquare, next];
  },
  tensorflow: ({ variable, slots, rate, gradient }, { rho, momentum, epsilon }, number) => ({
    op: 'ResourceApplyRMSProp',
    operands: [variable, ...slots, rate, number(rho), number(momentum), number(epsilon), gradient],
  }),
});

/** The same with the variance instead of the mean square (Graves 2013): the squared average gradient is taken off. */
export const applyCenteredRmsprop = defineUpdate<RmspropAttributes>('applyCenteredRmsprop', {
  slots: ['average', 'square', 'step'],
  scalars: [],
  step(o, { variable, slots, rate, gradient }, { rho, momentum, epsilon }) {
    const [average, square, last] = tuple(slots, 3);
    const nextAverage = averaged(o, average, gradient, rho);
    const nextSquare = averaged(o, square, o.mul(gradient, gradient), rho);
    const variance = o.sub(nextSquare, o.mul(nextAverage, nextAverage));
    const descent = o.div(o.mul(gradient, rate), o.sqrt(o.add(variance, o.number(epsilon))));
    const next = o.add(o.mul(last, o.number(momentum)), descent);
    return [o.sub(variable, next), nextAverage, nextSquare, next];
  },
  tensorflow: ({ variable, slots, rate, gradient }, { rho, momentum, epsilon }, number) => ({
    op: 'ResourceApplyCenteredRMSProp',
    operands: [variable, ...slots, rate, number(rho), number(momentum), number(epsilon), gradient],
  }),
});

/** What is added to the root. */
export interface AdagradAttributes extends UpdateAttributes {
  readonly epsilon: number;
}

/** Adagrad (Duchi, Hazan & Singer 2011): variable − rate · gradient / (√(sum of squares) + ε). */
export const applyAdagrad = defineUpdate<AdagradAttributes>('applyAdagrad', {
  slots: ['squares'],
  scalars: [],
  step(o, { variable, slots, rate, gradient }, { epsilon }) {
    const [squares] = tuple(slots, 1);
    const next = o.add(squares, o.mul(gradient, gradient));
    return [o.sub(variable, o.div(o.mul(gradient, rate), o.add(o.sqrt(next), o.number(epsilon)))), next];
  },
  tensorflow: ({ variable, slots, rate, gradient }, { epsilon }, number) => ({
    op: 'ResourceApplyAdagradV2',
    operands: [variable, ...slots, rate, number(epsilon), gradient],
    attributes: { update_slots: true },
  }),
});

/** Decay of both averages, and what is added below the roots. */
export interface AdadeltaAttributes extends UpdateAttributes {
  readonly rho: number;
  readonly epsilon: number;
}

/** Adadelta (Zeiler 2012): the step is √(average of squared steps + ε) / √(average of squares + ε) · gradient. */
export const applyAdadelta = defineUpdate<AdadeltaAttributes>('applyAdadelta', {
  slots: ['square', 'squaredStep'],
  scalars: [],
  step(o, { variable, slots, rate, gradient }, { rho, epsilon }) {
    const [square, squaredStep] = tuple(slots, 2);
    const root = (value: typeof square) => o.sqrt(o.add(value, o.number(epsilon)));
    const nextSquare = averaged(o, square, o.mul(gradient, gradient), rho);
    const step = o.mul(o.div(root(squaredStep), root(nextSquare)), gradient);
    return [o.sub(variable, o.mul(step, rate)), nextSquare, averaged(o, squaredStep, o.mul(step, step), rho)];
  },
  tensorflow: ({ variable, slots, rate, gradient }, { rho, epsilon }, number) => ({
    op: 'ResourceApplyAdadelta',
    operands: [variable, ...slots, rate, number(rho), number(epsilon), gradient],
  }),
});

/** Every step of an optimizer that is one primitive. */
export const updates = [
  applySgd,
  applyMomentum,
  applyAdam,
  applyAmsgrad,
  applyAdamax,
  applyRmsprop,
  applyCenteredRmsprop,
  applyAdagrad,
  applyAdadelta,
] as const;
