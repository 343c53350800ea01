import { readFileSync } from 'node:fs';
import * as z from 'zod';

const numbers = z.array(z.number());
const schema = z.record(
  z.string(),
  z.object({
    prediction: numbers,
    mask: z.array(z.number()).nullable(),
    loss: z.number(),
    gradients: z.record(z.string(), z.number()),
    losses: numbers.length(10),
    metrics: z.record(z.string(), z.number()),
  }),
);

/** What Keras gives for the networks of maskedNetworks.ts; made by `npx tsx interop/run.ts masks --write`. */
export const maskedNumbers = schema.parse(JSON.parse(readFileSync(new URL('maskedNumbers.json', import.meta.url), 'utf8')));
