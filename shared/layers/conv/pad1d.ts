import * as z from 'zod';
import { shiftedReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { consistentSides, inferPad, kerasPad, lowerPad, padFill, padMode, padSummary, side, torchPad, type Sides } from './_pad';

const params = z.strictObject({
  mode: padMode,
  kernelSize: z.int().min(1).max(1024).default(3).describe('With mode “consistent”: the kernel of the convolution that follows.'),
  before: side.default(1).describe('With mode “explicit”: steps before the first.').meta({ torch: 'padding' }),
  after: side.default(1).describe('With mode “explicit”: steps after the last.').meta({ torch: 'padding' }),
  fill: padFill,
});
type Params = z.output<typeof params>;

function sides(p: Params): Sides {
  return p.mode === 'explicit' ? [[p.before, p.after]] : consistentSides([p.kernelSize]);
}

export const pad1d = defineLayer({
  type: 'pad1d',
  version: 1,
  title: 'Pad1D',
  category: 'resampling',
  icon: 'frame',
  keywords: ['zero padding', 'consistent', 'reflect', 'sequence'],
  docs: {
    summary: 'Puts zeros, or a mirror, around a sequence.',
    formula: 'n + before + after',
    url: 'https://keras.io/api/layers/reshaping_layers/zero_padding1d/',
    torchName: 'nn.ConstantPad1d',
  },
  params,
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferPad(x, sides(p), p.fill, dataFormat),
  reach: (_inputs, p) => shiftedReach(sides(p).map(([before]) => before)),
  summary: (p) => padSummary(p.mode, [p.kernelSize], sides(p), p.fill),
  lower: (b, { x }, _weights, p) => ({ y: lowerPad(b, x, sides(p), p.fill) }),
  keras: (p, _inputs, { dataFormat }) => kerasPad(sides(p), p.fill, dataFormat),
  torch: (p) => torchPad(sides(p), p.fill),
  examples: [
    { inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 7, 3] } },
    { params: { mode: 'explicit', before: 0, after: 3, fill: 'reflect' }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 8, 3] } },
  ],
});
