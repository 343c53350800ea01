import { readFileSync } from 'node:fs';
import * as z from 'zod';

const argument = z.object({ default: z.json().optional() });
const schema = z.object({ version: z.string(), layers: z.record(z.string(), z.record(z.string(), argument)) });

/** The arguments of Keras 3's layers, with their defaults where they have one; made by interop/signatures/inKeras3.py. */
export const kerasSignatures = schema.parse(JSON.parse(readFileSync(new URL('kerasSignatures.json', import.meta.url), 'utf8')));
