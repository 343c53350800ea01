import { readFileSync } from 'node:fs';
import * as z from 'zod';

const numbers = z.record(z.string(), z.number());
const steps = z.record(z.string(), z.array(z.array(z.number())));
const schema = z.object({
  optimizers: steps,
  losses: numbers,
  metrics: numbers,
  maskedMetrics: numbers,
  regularizers: z.record(z.string(), z.array(z.number())),
  constraints: steps,
});

/** What Keras's own optimizers, losses, metrics, regularizers and constraints give; made by interop/trainingRules.py. */
export const keras = schema.parse(JSON.parse(readFileSync(new URL('kerasNumbers.json', import.meta.url), 'utf8')));
