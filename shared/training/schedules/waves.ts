import * as z from 'zod';
import { defineSchedule, halfCosine } from './_define';

const epochs = z.number().min(0).max(100_000);

/** Cosine annealing with warm restarts (Loshchilov & Hutter 2017), after a linear warm-up. */
export const cosine = defineSchedule({
  kind: 'cosine',
  title: 'Cosine',
  summary: 'Warms up in a line, then falls along a cosine; with restarts again and again',
  formula: 'rate · (end + (1 − end) · ½(1 + cos πt)),  t from 0 to 1 in each cycle',
  keras: 'CosineDecay, CosineDecayRestarts',
  torch: 'CosineAnnealingLR, CosineAnnealingWarmRestarts',
  settings: z.strictObject({
    kind: z.literal('cosine'),
    warmup: epochs.default(0).meta({ description: 'Epochs in which the rate rises from 0', unit: 'epochs', torch: 'LinearLR before it' }),
    cycle: epochs.default(0).meta({ description: 'Epochs of the first cycle; 0: one cycle to the end', unit: 'epochs', torch: 'T_0' }),
    growth: z
      .number()
      .min(1)
      .max(100)
      .default(1)
      .meta({ description: 'How much longer each cycle is than the one before', step: 0.5, torch: 'T_mult' }),
    end: z.number().min(0).max(1).default(0).meta({ description: 'Share of the rate at the end of a cycle', step: 0.01, torch: 'eta_min' }),
  }),
  share({ warmup, cycle, growth, end }, { step, totalSteps, stepsPerEpoch }) {
    const rise = warmup * stepsPerEpoch;
    if (step < rise) return step / rise;
    const length = cycle > 0 ? cycle * stepsPerEpoch : Math.max(1, totalSteps - rise);
    return end + (1 - end) * halfCosine(cycle > 0 ? inCycle(step - rise, length, growth) : (step - rise) / length);
  },
});

/** Where in its cycle a step is, 0…1, when each cycle is `growth` times the one before. */
function inCycle(step: number, first: number, growth: number): number {
  if (growth === 1) return (step / first) % 1;
  // Of n cycles the length is first · (growthⁿ − 1) / (growth − 1).
  const before = Math.floor(Math.log(1 + (step / first) * (growth - 1)) / Math.log(growth) + 1e-12);
  const start = (first * (growth ** before - 1)) / (growth - 1);
  return Math.max(0, step - start) / (first * growth ** before);
}

/** One cycle (Smith & Topin 2018). */
export const oneCycle = defineSchedule({
  kind: 'oneCycle',
  title: 'One cycle',
  summary: 'Rises to the rate, then falls far below where it began: fast training in few epochs',
  formula: 'along cosines from rate / initial to rate, then to rate / (initial · final)',
  keras: 'none in Keras',
  torch: 'OneCycleLR',
  settings: z.strictObject({
    kind: z.literal('oneCycle'),
    rise: z
      .number()
      .positive()
      .lt(1)
      .default(0.3)
      .meta({ description: 'Share of the steps in which it rises', step: 0.05, torch: 'pct_start' }),
    initial: z.number().min(1).max(1e9).default(25).meta({ description: 'The rate at first is this much smaller', torch: 'div_factor' }),
    final: z
      .number()
      .min(1)
      .max(1e12)
      .default(1e4)
      .meta({ description: 'The last rate is smaller again by this', torch: 'final_div_factor' }),
  }),
  share({ rise, initial, final }, { step, totalSteps }) {
    const peak = rise * totalSteps - 1;
    const last = Math.max(1, totalSteps - 1);
    const [low, end] = [1 / initial, 1 / (initial * final)];
    if (step <= peak) return low + (1 - low) * (1 - halfCosine(step / peak));
    return end + (1 - end) * halfCosine((step - peak) / (last - peak));
  },
});
