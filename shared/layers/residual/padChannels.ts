import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { imageAxes, type TensorType } from '../../graph/tensor';
import { expectImage, imageShape, knownChannels } from '../_window';
import { defineLayer, X, Y } from '../define';

const params = z.strictObject({
  channels: z
    .int()
    .min(1)
    .max(65_536)
    .default(64)
    .describe('Channels of the output: those of the input, then zeros.')
    .meta({ unit: 'channels' }),
});

/** Channels of zeros that are put behind the input's own. */
function missing(x: TensorType, channels: number, axis: number): number {
  return channels - (x.shape[axis] as number);
}

export const padChannels = defineLayer({
  type: 'padChannels',
  version: 1,
  title: 'PadChannels',
  category: 'residual',
  icon: 'layers',
  keywords: ['zero padding', 'option a', 'shortcut', 'channels'],
  docs: {
    summary: 'Puts channels of zeros behind an image’s own, up to a number.',
    details:
      'Makes a shortcut fit a block with more filters without any weights: option A of the residual networks’ paper. ' +
      'Where the block has strides, pool before it.',
    formula: 'y = [x, 0, 0, …]',
    url: 'https://arxiv.org/abs/1512.03385',
    torchName: 'functional.pad',
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const channels = knownChannels(x, axes.channels);
    if (typeof channels !== 'number') return err(channels);
    if (channels > p.channels) {
      return err({
        code: 'param/fewer-channels',
        param: 'channels',
        message: `received ${channels} channels, which is more than ${p.channels}. Set channels to ${channels} or more.`,
      });
    }
    const size = { height: x.shape[axes.height] ?? 0, width: x.shape[axes.width] ?? 0, channels: p.channels };
    return ok({ y: { dtype: x.dtype, shape: imageShape(x, dataFormat, size) } });
  },
  summary: (p) => `to ${p.channels}`,
  lower: (b, { x }, _weights, p) => ({
    y: b.pad(x, [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, missing(x.type, p.channels, 3)],
    ]),
  }),
  // ZeroPadding2D told of the other data format pads one image axis, here by nothing, and the channels.
  keras: (p, { x }, { dataFormat }) => {
    const zeros = [0, missing(x, p.channels, imageAxes(dataFormat).channels)];
    return {
      className: 'ZeroPadding2D',
      config:
        dataFormat === 'channelsLast'
          ? { padding: [[0, 0], zeros], data_format: 'channels_first' }
          : { padding: [zeros, [0, 0]], data_format: 'channels_last' },
    };
  },
  torch: (p, { x }, { dataFormat }) => ({
    forward: `nn.functional.pad(x, (0, 0, 0, 0, 0, ${missing(x, p.channels, imageAxes(dataFormat).channels)}))`,
  }),
  examples: [
    { params: { channels: 32 }, inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 32] } },
    { params: { channels: 16 }, inputs: { x: ['batch', 4, 5, 16] }, outputs: { y: ['batch', 4, 5, 16] } },
    {
      params: { channels: 24 },
      inputs: { x: ['batch', 8, 4, 6] },
      outputs: { y: ['batch', 24, 4, 6] },
      dataFormat: 'channelsFirst',
    },
  ],
});
