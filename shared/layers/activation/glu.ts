import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { err, ok } from '../../graph/result';
import { torchChannelAxis } from '../_torch';
import { knownChannels } from '../_window';
import { defineLayer, unsupported, withAxis, X, Y } from '../define';

export const glu = defineLayer({
  type: 'glu',
  version: 1,
  title: 'GLU',
  category: 'activation',
  icon: 'split',
  keywords: ['activation', 'gated linear unit', 'gate'],
  docs: {
    summary: 'Splits the channels in two halves and lets the second, through a sigmoid, gate the first.',
    formula: 'y = a · sigmoid(b), with x = [a, b]',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.GLU.html',
    torchName: 'nn.GLU',
    torchCalls: ['nn.GLU(dim=-1)'],
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const axis = channelAxis(x.shape.length, dataFormat);
    const channels = knownChannels(x, axis);
    if (typeof channels !== 'number') return err(channels);
    if (channels % 2 !== 0)
      return err({
        code: 'shape/odd-channels',
        port: 'x',
        message: `received ${channels} channels, expected an even number to split in halves.`,
      });
    return ok({ y: { dtype: x.dtype, shape: withAxis(x.shape, axis, channels / 2) } });
  },
  lower(b, { x }) {
    const last = x.type.shape.length - 1;
    const half = withAxis(x.type.shape, last, (x.type.shape[last] as number) / 2);
    const zeros = half.map(() => 0);
    const gate = b.slice(x, zeros.with(last, half[last] as number), half);
    return { y: b.mul(b.slice(x, zeros, half), b.sigmoid(gate)) };
  },
  keras: (_p, { x }, { dataFormat }) =>
    channelAxis(x.shape.length, dataFormat) === x.shape.length - 1
      ? { className: 'Activation', config: { activation: 'glu' }, notInTfjs: 'TensorFlow.js has no GLU.' }
      : unsupported('Keras’s GLU halves the last axis only. Use channels last.'),
  torch: (_p, { x }) => ({ init: `nn.GLU(dim=${torchChannelAxis(x.shape.length)})` }),
  examples: [
    { inputs: { x: ['batch', 4, 6] }, outputs: { y: ['batch', 4, 3] } },
    { inputs: { x: ['batch', 4, 3, 5] }, outputs: { y: ['batch', 2, 3, 5] }, dataFormat: 'channelsFirst' },
  ],
});
