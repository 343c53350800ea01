import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X } from '../define';

export const output = defineLayer({
  type: 'output',
  version: 1,
  title: 'Output',
  category: 'inputOutput',
  icon: 'log-out',
  keywords: ['result', 'prediction', 'end'],
  docs: {
    summary: 'A result of the network: what is trained against a column of the data, and what prediction gives.',
    torchName: 'return value of forward',
  },
  params: z.strictObject({}),
  takes: 'any',
  inputs: X,
  outputs: [],
  saves: 'nothing',
  infer: () => ok({}),
  // The compiler reads what arrives here; nothing is computed.
  masks: () => 'keeps',
  lower: () => ({}),
  keras: () => ({ parts: [], outputs: {} }),
  torch: () => ({ forward: 'x' }),
  examples: [{ inputs: { x: ['batch', 10] }, outputs: {} }],
});
