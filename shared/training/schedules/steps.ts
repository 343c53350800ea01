import * as z from 'zod';
import { defineSchedule } from './_define';

const factor = z.number().positive().max(1).meta({ description: 'What the rate is multiplied with each time', step: 0.05, torch: 'gamma' });

/** The rate as it was set. */
export const constant = defineSchedule({
  kind: 'constant',
  title: 'Constant',
  summary: 'The rate stays as it is set',
  formula: 'rate',
  keras: 'a number',
  torch: 'no scheduler',
  settings: z.strictObject({ kind: z.literal('constant') }),
  share: () => 1,
});

/** A smaller rate every few epochs. */
export const step = defineSchedule({
  kind: 'step',
  title: 'Step',
  summary: 'Smaller all at once, every few epochs',
  formula: 'rate · factor^⌊epoch / every⌋',
  keras: 'ExponentialDecay(staircase=True)',
  torch: 'StepLR',
  settings: z.strictObject({
    kind: z.literal('step'),
    every: z
      .int()
      .min(1)
      .max(100_000)
      .default(10)
      .meta({ description: 'Epochs from one step to the next', unit: 'epochs', torch: 'step_size' }),
    factor: factor.default(0.1),
  }),
  share: ({ every, factor: by }, time) => by ** Math.floor(Math.floor(time.step / time.stepsPerEpoch) / every),
});

/** A little smaller at every step. */
export const exponential = defineSchedule({
  kind: 'exponential',
  title: 'Exponential',
  summary: 'A little smaller at every step, by the same factor in every epoch',
  formula: 'rate · factor^epoch',
  keras: 'ExponentialDecay',
  torch: 'ExponentialLR',
  note: 'PyTorch’s is stepped once an epoch by most people.',
  settings: z.strictObject({ kind: z.literal('exponential'), factor: factor.default(0.95) }),
  share: ({ factor: by }, { step: at, stepsPerEpoch }) => by ** (at / stepsPerEpoch),
});

/** Down to an end along a power of the time that is left. */
export const polynomial = defineSchedule({
  kind: 'polynomial',
  title: 'Polynomial',
  summary: 'Falls to the end of the training; with a power of 1 in a straight line',
  formula: 'rate · ((1 − end)(1 − t)^power + end),  t from 0 to 1',
  keras: 'PolynomialDecay',
  torch: 'PolynomialLR',
  settings: z.strictObject({
    kind: z.literal('polynomial'),
    power: z.number().positive().max(100).default(1).meta({ description: '1 is a line, 2 falls fast at first', step: 0.5, torch: 'power' }),
    end: z.number().min(0).max(1).default(0).meta({ description: 'Share of the rate at the end', step: 0.01 }),
  }),
  share: ({ power, end }, { step: at, totalSteps }) => (1 - end) * (1 - Math.min(1, at / totalSteps)) ** power + end,
});
