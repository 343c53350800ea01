import { readFileSync } from 'node:fs';
import * as z from 'zod';

const numbers = z.record(z.string(), z.number());
const schema = z.object({
  optimizers: z.record(z.string(), z.array(z.array(z.number()))),
  losses: numbers,
  metrics: numbers,
  regularizers: z.record(z.string(), z.array(z.number())),
});

/** What Keras's own optimizers, losses, metrics and regularizers give; made by interop/trainingRules.py. */
export const keras = schema.parse(JSON.parse(readFileSync(new URL('kerasNumbers.json', import.meta.url), 'utf8')));
