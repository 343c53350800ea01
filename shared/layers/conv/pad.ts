import * as z from 'zod';
import { pair } from '../_params';
import { shiftedReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { consistentSides, inferPad, kerasPad, lowerPad, padFill, padMode, padSummary, side, torchPad, type Sides } from './_pad';

const params = z.strictObject({
  mode: padMode,
  kernelSize: pair(1, 255)
    .default([3, 3])
    .describe('With mode “consistent”: the kernel of the convolution that follows.')
    .meta({ unit: 'pixels' }),
  top: side
    .default(1)
    .describe('With mode “explicit”: rows above.')
    .meta({ torch: 'padding', torchNote: 'Third of left, right, top, bottom.', unit: 'pixels' }),
  bottom: side
    .default(1)
    .describe('With mode “explicit”: rows below.')
    .meta({ torch: 'padding', torchNote: 'Fourth of left, right, top, bottom.', unit: 'pixels' }),
  left: side
    .default(1)
    .describe('With mode “explicit”: columns on the left.')
    .meta({ torch: 'padding', torchNote: 'First of left, right, top, bottom.', unit: 'pixels' }),
  right: side
    .default(1)
    .describe('With mode “explicit”: columns on the right.')
    .meta({ torch: 'padding', torchNote: 'Second of left, right, top, bottom.', unit: 'pixels' }),
  fill: padFill,
});
type Params = z.output<typeof params>;

function sides(p: Params): Sides {
  if (p.mode === 'explicit')
    return [
      [p.top, p.bottom],
      [p.left, p.right],
    ];
  return consistentSides(p.kernelSize);
}

export const pad = defineLayer({
  type: 'pad',
  version: 1,
  title: 'Pad',
  category: 'resampling',
  icon: 'frame',
  keywords: ['zero padding', 'consistent', 'reflect', 'border'],
  docs: {
    summary: 'Puts zeros, or a mirror, around an image, on height and width only.',
    details:
      'Consistent padding for a kernel of k puts k − 1 zeros in all, ⌊(k − 1)/2⌋ of them before and the rest after. It does not depend on the size of the input.',
    formula: 'n + before + after',
    url: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/',
    torchName: 'nn.ZeroPad2d',
    torchCalls: ['nn.ZeroPad2d(padding)'],
    kerasCalls: ['ZeroPadding2D(padding=1, data_format=None)'],
  },
  params,
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferPad(x, sides(p), p.fill, dataFormat),
  reach: (_inputs, p) => shiftedReach(sides(p).map(([before]) => before)),
  summary: (p) => padSummary(p.mode, p.kernelSize, sides(p), p.fill),
  lower: (b, { x }, _weights, p) => ({ y: lowerPad(b, x, sides(p), p.fill) }),
  keras: (p, _inputs, { dataFormat }) => kerasPad(sides(p), p.fill, dataFormat),
  torch: (p) => torchPad(sides(p), p.fill),
  examples: [
    { params: { kernelSize: 7 }, inputs: { x: ['batch', 224, 224, 3] }, outputs: { y: ['batch', 230, 230, 3] } },
    { params: { kernelSize: 2 }, inputs: { x: ['batch', 5, 5, 3] }, outputs: { y: ['batch', 6, 6, 3] } },
    {
      params: { mode: 'explicit', top: 0, bottom: 2, left: 3, right: 1 },
      inputs: { x: ['batch', 5, 5, 3] },
      outputs: { y: ['batch', 7, 9, 3] },
    },
    {
      params: { mode: 'explicit', top: 0, bottom: 2, left: 3, right: 1, fill: 'reflect' },
      inputs: { x: ['batch', 2, 5, 5] },
      outputs: { y: ['batch', 2, 7, 9] },
      dataFormat: 'channelsFirst',
    },
    { inputs: { x: ['batch', 3, 5, 5] }, outputs: { y: ['batch', 3, 7, 7] }, dataFormat: 'channelsFirst' },
  ],
});
