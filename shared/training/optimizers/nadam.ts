import * as z from 'zod';
import type { Value } from '../../program/builder';
import { averaged, decayed } from './_parts';
import { adamSettings, defineOptimizer, type WeightStep } from './_define';

/** The paper's decay of the momentum's warm-up. */
const DECAY = 0.96;

/** Adam with Nesterov's momentum (Dozat 2016). TensorFlow has no operation of it. */
export const nadam = defineOptimizer({
  kind: 'nadam',
  title: 'Nadam',
  summary: 'Adam that looks ahead along its momentum, which warms up by itself',
  formula:
    'μₜ = β₁(1 − ½ · 0.96^(t · momentumDecay));  w ← w − rate · (μₜ₊₁m / (1 − Πμ · μₜ₊₁) + (1 − μₜ)g / (1 − Πμ)) / (√(v / (1 − β₂ᵗ)) + ε)',
  keras: 'Nadam',
  torch: 'torch.optim.NAdam',
  note: 'Keras has a momentum decay of 1, PyTorch one of 0.004.',
  settings: z.strictObject({
    kind: z.literal('nadam'),
    ...adamSettings,
    momentumDecay: z
      .number()
      .min(0)
      .max(100)
      .default(1)
      .meta({ description: 'How fast the momentum warms up: 1 as Keras has it', torch: 'momentum_decay' }),
  }),
  usual: { kind: 'nadam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, momentumDecay: 1 },
  update(step, { beta1, beta2, epsilon, momentumDecay }) {
    const { builder: b, variable, gradient, rate, slot } = step;
    const [m, v] = [slot('m'), slot('v')];
    const { now, next, product, nextProduct } = momenta(step, beta1, momentumDecay);
    const nextM = averaged(b, m, gradient, beta1);
    const nextV = averaged(b, v, b.mul(gradient, gradient), beta2);
    const one = b.scalar(1);
    const ahead = b.add(b.mul(nextM, b.div(next, b.sub(one, nextProduct))), b.mul(gradient, b.div(b.sub(one, now), b.sub(one, product))));
    const power = step.once(`power ${beta2}`, () => b.pow(b.scalar(beta2), step.step()));
    const root = b.add(b.sqrt(b.div(nextV, b.sub(one, power))), b.scalar(epsilon));
    b.assign(m, nextM);
    b.assign(v, nextV);
    b.assign(variable, b.sub(decayed(step), b.mul(rate, b.div(ahead, root))));
  },
});

/** The momentum of this step and of the next, and the products of all so far; the same for all weights. */
function momenta({ builder: b, once, step, number }: WeightStep, beta1: number, momentumDecay: number) {
  const at = (key: string, offset: number) =>
    once(key, () => {
      const time = b.mul(b.add(step(), b.scalar(offset)), b.scalar(momentumDecay));
      return b.mul(b.scalar(beta1), b.sub(b.scalar(1), b.mul(b.scalar(0.5), b.pow(b.scalar(DECAY), time))));
    });
  const [now, next] = [at('momentum', 0), at('next momentum', 1)];
  const product = once('product of momenta', (): Value => {
    const before = number('momentumProduct', 1);
    const after = b.mul(before, now);
    b.assign(before, after);
    return after;
  });
  return { now, next, product, nextProduct: once('next product', () => b.mul(product, next)) };
}
