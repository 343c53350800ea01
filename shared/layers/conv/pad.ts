import * as z from 'zod';
import { addDims } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { joinSummary, pair } from '../_params';
import { expectImage, imageShape, windowPads } from '../_window';
import { defineLayer, X, Y } from '../define';
import { zeroPadding } from './_conv';

const side = z.int().min(0).max(1024);
const params = z.strictObject({
  mode: z.enum(['consistent', 'explicit']).default('consistent').describe('As many zeros as a kernel needs, or numbers of your own.'),
  kernelSize: pair(1, 255)
    .default([3, 3])
    .describe('With mode “consistent”: the kernel of the convolution that follows.')
    .meta({ unit: 'pixels' }),
  top: side
    .default(1)
    .describe('With mode “explicit”: rows of zeros above.')
    .meta({ torch: 'padding', torchNote: 'Third of left, right, top, bottom.', unit: 'pixels' }),
  bottom: side
    .default(1)
    .describe('With mode “explicit”: rows of zeros below.')
    .meta({ torch: 'padding', torchNote: 'Fourth of left, right, top, bottom.', unit: 'pixels' }),
  left: side
    .default(1)
    .describe('With mode “explicit”: columns of zeros on the left.')
    .meta({ torch: 'padding', torchNote: 'First of left, right, top, bottom.', unit: 'pixels' }),
  right: side
    .default(1)
    .describe('With mode “explicit”: columns of zeros on the right.')
    .meta({ torch: 'padding', torchNote: 'Second of left, right, top, bottom.', unit: 'pixels' }),
});
type Params = z.output<typeof params>;
type Sides = readonly [readonly [number, number], readonly [number, number]];

function sides(p: Params): Sides {
  if (p.mode === 'explicit')
    return [
      [p.top, p.bottom],
      [p.left, p.right],
    ];
  return [windowPads(1, p.kernelSize[0], 1, 'consistent'), windowPads(1, p.kernelSize[1], 1, 'consistent')];
}

export const pad = defineLayer({
  type: 'pad',
  version: 1,
  title: 'Pad',
  category: 'resampling',
  icon: 'frame',
  keywords: ['zero padding', 'consistent', 'border'],
  docs: {
    summary: 'Puts zeros around an image, on height and width only.',
    details:
      'Consistent padding for a kernel of k puts k − 1 zeros in all, ⌊(k − 1)/2⌋ of them before and the rest after. It does not depend on the size of the input.',
    formula: 'n + before + after',
    url: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/',
    torchName: 'nn.ZeroPad2d',
    torchCalls: ['nn.ZeroPad2d(padding)'],
    kerasCalls: ['ZeroPadding2D(padding=1, data_format=None)'],
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const [vertical, horizontal] = sides(p);
    const size = {
      height: addDims(x.shape[axes.height] ?? 0, vertical[0] + vertical[1]),
      width: addDims(x.shape[axes.width] ?? 0, horizontal[0] + horizontal[1]),
    };
    return ok({ y: { dtype: x.dtype, shape: imageShape(x, dataFormat, size) } });
  },
  summary(p) {
    const [[top, bottom], [left, right]] = sides(p);
    return joinSummary(p.mode === 'consistent' ? `for ${p.kernelSize.join('×')}` : 'explicit', `${top},${bottom} ${left},${right}`);
  },
  lower: (b, { x }, _weights, p) => ({ y: b.pad(x, [[0, 0], ...sides(p), [0, 0]]) }),
  keras: (p, _inputs, { dataFormat }) => zeroPadding(sides(p), dataFormat),
  torch(p) {
    const [[top, bottom], [left, right]] = sides(p);
    return { init: `nn.ZeroPad2d((${left}, ${right}, ${top}, ${bottom}))` };
  },
  examples: [
    { params: { kernelSize: 7 }, inputs: { x: ['batch', 224, 224, 3] }, outputs: { y: ['batch', 230, 230, 3] } },
    { params: { kernelSize: 2 }, inputs: { x: ['batch', 5, 5, 3] }, outputs: { y: ['batch', 6, 6, 3] } },
    {
      params: { mode: 'explicit', top: 0, bottom: 2, left: 3, right: 1 },
      inputs: { x: ['batch', 5, 5, 3] },
      outputs: { y: ['batch', 7, 9, 3] },
    },
    { inputs: { x: ['batch', 3, 5, 5] }, outputs: { y: ['batch', 3, 7, 7] }, dataFormat: 'channelsFirst' },
  ],
});
