import { readFileSync } from 'node:fs';
import * as z from 'zod';

const schema = z.object({ version: z.string(), layers: z.record(z.string(), z.array(z.string())) });

/** The arguments of Keras 3's layers; made by interop/signatures/inKeras3.py. */
export const kerasSignatures = schema.parse(JSON.parse(readFileSync(new URL('kerasSignatures.json', import.meta.url), 'utf8')));
