import * as z from 'zod';
import { elementwiseLayer } from './_activation';
import { clip } from './_functions';

export const hardSwish = elementwiseLayer({
  type: 'hardSwish',
  title: 'HardSwish',
  keywords: ['activation', 'mobilenet'],
  docs: {
    summary: 'A swish made of straight lines and a parabola; the activation of MobileNetV3.',
    formula: 'y = x · min(max(x + 3, 0), 6) / 6',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardswish.html',
    torchName: 'nn.Hardswish',
  },
  params: z.strictObject({}),
  apply: (b, x) => b.mul(x, b.div(clip(b, b.add(x, b.scalar(3)), 0, 6), b.scalar(6))),
  keras: () => ({
    parts: [
      { name: 'moved', className: 'Rescaling', config: { scale: 1, offset: 3 }, inputs: ['x'] },
      { name: 'clipped', className: 'ReLU', config: { max_value: 6, negative_slope: 0, threshold: 0 }, inputs: ['moved'] },
      { name: 'gate', className: 'Rescaling', config: { scale: 1 / 6, offset: 0 }, inputs: ['clipped'] },
      { name: 'product', className: 'Multiply', config: {}, inputs: ['x', 'gate'] },
    ],
    outputs: { y: 'product' },
  }),
  torch: () => ({ init: 'nn.Hardswish()' }),
});
