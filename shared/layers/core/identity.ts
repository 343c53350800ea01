import * as z from 'zod';
import { ok } from '../../graph/result';
import { kerasActivation } from '../activation/_functions';
import { defineLayer, X, Y } from '../define';

export const identity = defineLayer({
  type: 'identity',
  version: 1,
  title: 'Identity',
  category: 'core',
  icon: 'arrow-right',
  keywords: ['pass', 'nothing', 'skip'],
  docs: {
    summary: 'Gives its input back: a place to name, or to hold for a layer to come.',
    formula: 'y = x',
    url: 'https://keras.io/api/layers/core_layers/identity/',
    torchName: 'nn.Identity',
    torchCalls: ['nn.Identity()'],
  },
  params: z.strictObject({}),
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }) => ok({ y: x }),
  masks: () => 'keeps',
  lower: (_b, { x }) => ({ y: x }),
  keras: () => kerasActivation('linear'),
  torch: () => ({ init: 'nn.Identity()' }),
  examples: [{ inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } }],
});
