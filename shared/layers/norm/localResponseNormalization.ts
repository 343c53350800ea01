import * as z from 'zod';
import { err } from '../../graph/result';
import { joinSummary } from '../_params';
import { calledChannelsSecond } from '../_torch';
import { defineLayer, unsupported, X, Y } from '../define';
import { inferNormalized } from './_normalize';

const params = z.strictObject({
  size: z.int().min(1).max(65_536).default(5).describe('How many neighbouring channels count.').meta({ torch: 'size' }),
  alpha: z.number().min(0).max(1e6).default(1e-4).describe('How much their squares count, shared among them.').meta({ torch: 'alpha' }),
  beta: z.number().min(0).max(100).default(0.75).describe('Exponent.').meta({ torch: 'beta' }),
  k: z.number().min(1e-6).max(1e6).default(1).describe('Added to the sum; TensorFlow calls it bias.').meta({ torch: 'k' }),
});

/** Which channels each one is divided by, with their weight. */
function neighbours(channels: number, { size, alpha }: z.output<typeof params>): Float32Array {
  const [before, after] = [Math.floor(size / 2), Math.floor((size - 1) / 2)];
  return Float32Array.from({ length: channels ** 2 }, (_, index) => {
    const [from, to] = [Math.floor(index / channels), index % channels];
    return from >= to - before && from <= to + after ? alpha / size : 0;
  });
}

export const localResponseNormalization = defineLayer({
  type: 'localResponseNormalization',
  version: 1,
  title: 'LocalResponseNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['lrn', 'alexnet'],
  docs: {
    summary: 'Divides each number by what the neighbouring channels show at the same place, as AlexNet does.',
    details: 'As PyTorch, alpha is shared among the channels of the window; TensorFlow’s alpha is this one divided by size.',
    formula: 'y[c] = x[c] / (k + alpha/size · Σ x[c′]²)^beta, over the channels c′ around c',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html',
    torchName: 'nn.LocalResponseNorm',
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    if (x.shape.length > 2) return inferNormalized(x, dataFormat);
    return err({ code: 'shape/rank', port: 'x', message: 'expects a sequence or an image, received one row per sample.' });
  },
  summary: (p) => joinSummary(p.size, `α ${p.alpha}`, `β ${p.beta}`),
  lower(b, { x }, _weights, p) {
    const channels = x.type.shape.at(-1) as number;
    const sums = b.matMul(b.mul(x, x), b.constant(neighbours(channels, p), [channels, channels]));
    // x / s^beta, whose gradient is an ordinary one.
    return { y: b.div(x, b.exp(b.mul(b.scalar(p.beta), b.log(b.add(b.scalar(p.k), sums))))) };
  },
  keras: () => unsupported('Keras has no local response normalisation. Use a layerNormalization.'),
  torch: (p, { x }) => ({
    init: `nn.LocalResponseNorm(${p.size}, alpha=${p.alpha}, beta=${p.beta}, k=${p.k})`,
    ...calledChannelsSecond(x.shape.length),
  }),
  examples: [
    { params: { alpha: 0.5 }, inputs: { x: ['batch', 3, 4, 8] }, outputs: { y: ['batch', 3, 4, 8] } },
    { params: { size: 4, alpha: 2, beta: 0.5, k: 2 }, inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
    {
      params: { size: 3, alpha: 1 },
      inputs: { x: ['batch', 6, 3, 4] },
      outputs: { y: ['batch', 6, 3, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
