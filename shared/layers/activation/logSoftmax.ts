import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { unsupported } from '../define';
import { torchChannelAxis } from '../_torch';
import { elementwiseLayer } from './_activation';
import { kerasActivation } from './_functions';

export const logSoftmax = elementwiseLayer({
  type: 'logSoftmax',
  title: 'LogSoftmax',
  icon: 'percent',
  keywords: ['activation', 'log probabilities', 'classes'],
  docs: {
    summary: 'Turns scores of classes into logarithms of probabilities, over the channels.',
    formula: 'y[i] = x[i] − log Σ exp(x[j])',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html',
    torchName: 'nn.LogSoftmax',
    torchCalls: ['nn.LogSoftmax(dim=None)'],
  },
  params: z.strictObject({}),
  saves: 'outputs',
  apply(b, x) {
    const last = [x.type.shape.length - 1];
    const moved = b.sub(x, b.reduceMax(x, last, true));
    return b.sub(moved, b.log(b.reduceSum(b.exp(moved), last, true)));
  },
  keras: (_p, { x }, { dataFormat }) =>
    channelAxis(x.shape.length, dataFormat) === x.shape.length - 1
      ? kerasActivation('logSoftmax')
      : unsupported('Keras takes it over the last axis only. Use channels last.'),
  torch: (_p, { x }) => ({ init: `nn.LogSoftmax(dim=${torchChannelAxis(x.shape.length)})` }),
  examples: [{ inputs: { x: ['batch', 10] }, outputs: { y: ['batch', 10] } }],
});
