import { defineLayer, unsupported, X, Y } from '../define';
import { asImage, asSequence } from '../_sequence';
import { inferPool1d, kerasPool1d, pool1dExamples, pool1dParams, pool1dSummary, window1d } from './_pool1d';

export const maxPooling1d = defineLayer({
  type: 'maxPooling1d',
  version: 1,
  title: 'MaxPooling1D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['pool', 'sequence', 'downsample'],
  docs: {
    summary: 'Keeps the largest value of each window of a sequence.',
    formula: 'y = max over the window',
    url: 'https://keras.io/api/layers/pooling_layers/max_pooling1d/',
    torchName: 'nn.MaxPool1d',
    torchCalls: ['nn.MaxPool1d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)'],
    kerasCalls: [
      "MaxPooling1D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "MaxPool1D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: pool1dParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferPool1d(x, p),
  summary: pool1dSummary,
  lower: (b, { x }, _weights, p) => ({ y: asSequence(b, b.maxPool(asImage(b, x), window1d(x.type, p))) }),
  keras: (p) => kerasPool1d('MaxPooling1D', p),
  torch: (p) =>
    p.padding === 'same'
      ? unsupported('PyTorch pools have no padding “same”.')
      : {
          forward: `F.max_pool1d(x.transpose(1, 2), ${p.poolSize}, ${p.strides}).transpose(1, 2)`,
        },
  examples: pool1dExamples,
});
