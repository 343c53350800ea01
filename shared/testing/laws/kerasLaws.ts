import { readFileSync } from 'node:fs';
import * as z from 'zod';

const law = z.object({
  count: z.int(),
  mean: z.number(),
  variance: z.number(),
  fourth: z.number(),
  cuts: z.array(z.number()),
  below: z.array(z.int()),
});

/** What Keras 2.15 draws, by the names of cases.ts, one for each projection; made by `npx tsx interop/run.ts laws --write`. */
export const kerasLaws = z
  .record(z.string(), z.array(law))
  .parse(JSON.parse(readFileSync(new URL('kerasLaws.json', import.meta.url), 'utf8')));
