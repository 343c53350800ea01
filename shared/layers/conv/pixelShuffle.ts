import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { expectImage, imageShape, knownChannels } from '../_window';
import { resampledReach } from './_resample';
import { defineLayer, unsupported, X, Y } from '../define';

export const pixelShuffle = defineLayer({
  type: 'pixelShuffle',
  version: 1,
  title: 'PixelShuffle',
  category: 'resampling',
  icon: 'shuffle',
  keywords: ['depth to space', 'super resolution', 'upsample'],
  docs: {
    summary: 'Makes an image larger out of its channels: each pixel’s factor² channels become a square of pixels.',
    formula: 'y[c, f·h + i, f·w + j] = x[c·f² + f·i + j, h, w]',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html',
    torchName: 'nn.PixelShuffle',
    torchCalls: ['nn.PixelShuffle(upscale_factor)'],
  },
  params: z.strictObject({
    upscaleFactor: z.int().min(1).max(64).default(2).describe('How many times as high and as wide.').meta({ torch: 'upscale_factor' }),
  }),
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, { upscaleFactor: factor }, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const channels = knownChannels(x, axes.channels);
    if (typeof channels !== 'number') return err(channels);
    if (channels % factor ** 2 !== 0) {
      const message = `received ${channels} channels, expected a multiple of ${factor ** 2} for a factor of ${factor}.`;
      return err({ code: 'shape/channels', port: 'x', message });
    }
    const [height, width] = [axes.height, axes.width].map((axis) => multiplyDims(x.shape[axis] as Dim, factor)) as [Dim, Dim];
    return ok({ y: { dtype: x.dtype, shape: imageShape(x, dataFormat, { height, width, channels: channels / factor ** 2 }) } });
  },
  reach: (_inputs, { upscaleFactor: factor }) => resampledReach([1, 1], [factor, factor], 'nearest'),
  summary: (p) => `×${p.upscaleFactor}`,
  lower(b, { x }, _weights, { upscaleFactor: factor }) {
    const [batch, height, width, channels] = x.type.shape as [Dim, Dim, Dim, number];
    const kept = channels / factor ** 2;
    const squares = b.reshape(x, [multiplyDims(batch, height), width, kept, factor, factor]);
    const pixels = b.transpose(squares, [0, 3, 1, 4, 2]);
    return { y: b.reshape(pixels, [batch, multiplyDims(height, factor), multiplyDims(width, factor), kept]) };
  },
  keras: () => unsupported('Keras has no layer that shuffles pixels in this order.'),
  torch: (p) => ({ init: `nn.PixelShuffle(${p.upscaleFactor})` }),
  examples: [
    { inputs: { x: ['batch', 3, 2, 8] }, outputs: { y: ['batch', 6, 4, 2] } },
    { params: { upscaleFactor: 3 }, inputs: { x: ['batch', 9, 2, 3] }, outputs: { y: ['batch', 1, 6, 9] }, dataFormat: 'channelsFirst' },
  ],
});
