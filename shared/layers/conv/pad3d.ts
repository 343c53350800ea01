import * as z from 'zod';
import { triple } from '../_params';
import { shiftedReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { consistentSides, inferPad, kerasPad, lowerPad, padFill, padMode, padSummary, side, torchPad, type Sides } from './_pad';

const params = z.strictObject({
  mode: padMode,
  kernelSize: triple(1, 255).default([3, 3, 3]).describe('With mode “consistent”: the kernel of the convolution that follows.'),
  front: side.default(1).describe('With mode “explicit”: slices in front.'),
  back: side.default(1).describe('With mode “explicit”: slices behind.'),
  top: side.default(1).describe('With mode “explicit”: rows above.'),
  bottom: side.default(1).describe('With mode “explicit”: rows below.'),
  left: side.default(1).describe('With mode “explicit”: columns on the left.'),
  right: side.default(1).describe('With mode “explicit”: columns on the right.'),
  fill: padFill,
});
type Params = z.output<typeof params>;

function sides(p: Params): Sides {
  if (p.mode === 'consistent') return consistentSides(p.kernelSize);
  return [
    [p.front, p.back],
    [p.top, p.bottom],
    [p.left, p.right],
  ];
}

export const pad3d = defineLayer({
  type: 'pad3d',
  version: 1,
  title: 'Pad3D',
  category: 'resampling',
  icon: 'frame',
  keywords: ['zero padding', 'consistent', 'reflect', 'volume'],
  docs: {
    summary: 'Puts zeros, or a mirror, around a volume: along depth, height and width.',
    formula: 'n + before + after',
    url: 'https://keras.io/api/layers/reshaping_layers/zero_padding3d/',
    torchName: 'nn.ConstantPad3d',
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
    { inputs: { x: ['batch', 3, 4, 2, 2] }, outputs: { y: ['batch', 5, 6, 4, 2] } },
    {
      params: { mode: 'explicit', front: 0, back: 1, top: 2, bottom: 0, left: 1, right: 1, fill: 'reflect' },
      inputs: { x: ['batch', 2, 3, 4, 2] },
      outputs: { y: ['batch', 2, 4, 6, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
