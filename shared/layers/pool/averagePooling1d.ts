import { defineLayer, unsupported, X, Y } from '../define';
import { asImage, asSequence } from '../_sequence';
import { inferPool1d, kerasPool1d, pool1dExamples, pool1dParams, pool1dSummary, window1d } from './_pool1d';

export const averagePooling1d = defineLayer({
  type: 'averagePooling1d',
  version: 1,
  title: 'AveragePooling1D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['pool', 'sequence', 'downsample'],
  docs: {
    summary: 'The mean of each window of a sequence; what is beyond the ends is not counted.',
    formula: 'y = mean over the part of the window inside the sequence',
    url: 'https://keras.io/api/layers/pooling_layers/average_pooling1d/',
    torchName: 'nn.AvgPool1d',
    torchCalls: ['nn.AvgPool1d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)'],
    kerasCalls: [
      "AveragePooling1D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "AvgPool1D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: pool1dParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferPool1d(x, p),
  summary: pool1dSummary,
  lower: (b, { x }, _weights, p) => ({ y: asSequence(b, b.avgPool(asImage(b, x), window1d(x.type, p))) }),
  keras: (p) => kerasPool1d('AveragePooling1D', p),
  torch: (p) =>
    p.padding === 'same'
      ? unsupported('PyTorch pools have no padding “same”.')
      : {
          forward: `F.avg_pool1d(x.transpose(1, 2), ${p.poolSize}, ${p.strides}).transpose(1, 2)`,
        },
  examples: pool1dExamples,
});
