import * as z from 'zod';
import { ok } from '../../graph/result';
import { joinSummary } from '../_params';
import { defineLayer, X, Y } from '../define';

export const relu = defineLayer({
  type: 'relu',
  version: 1,
  title: 'ReLU',
  category: 'activation',
  icon: 'trending-up',
  keywords: ['rectified linear', 'activation'],
  docs: {
    summary: 'Keeps what is above zero.',
    formula: 'y = max(x, 0)',
    url: 'https://keras.io/api/layers/activation_layers/relu/',
    torchName: 'nn.ReLU',
    torchCalls: ['nn.ReLU(inplace=False)', 'nn.ReLU6(inplace=False)'],
    kerasCalls: ['ReLU(max_value=None, negative_slope=0, threshold=0)'],
  },
  params: z.strictObject({
    maxValue: z.number().min(0).max(1e6).nullable().default(null).describe('Nothing becomes larger; 6 gives ReLU6.'),
    negativeSlope: z.number().min(0).max(100).default(0).describe('Slope below the threshold.'),
    threshold: z.number().min(0).max(1e6).default(0).describe('What is not above it counts as negative.'),
  }),
  inputs: X,
  outputs: Y,
  saves: 'outputs',
  infer: ({ x }) => ok({ y: x }),
  summary: (p) =>
    joinSummary(
      p.maxValue === null ? '' : `≤ ${p.maxValue}`,
      p.negativeSlope === 0 ? '' : `slope ${p.negativeSlope}`,
      p.threshold === 0 ? '' : `> ${p.threshold}`,
    ),
  masks: () => 'keeps',
  lower(b, { x }, _weights, { maxValue, negativeSlope, threshold }) {
    if (maxValue === 6 && threshold === 0 && negativeSlope === 0) return { y: b.relu6(x) };
    const above = threshold === 0 ? b.relu(x) : b.mul(x, b.greater(x, b.scalar(threshold)));
    const kept = maxValue === null ? above : b.minimum(above, b.scalar(maxValue));
    if (negativeSlope === 0) return { y: kept };
    return { y: b.sub(kept, b.mul(b.scalar(negativeSlope), b.relu(b.sub(b.scalar(threshold), x)))) };
  },
  keras: (p) => ({
    className: 'ReLU',
    config: { max_value: p.maxValue, negative_slope: p.negativeSlope, threshold: p.threshold },
    ...(p.negativeSlope === 0 && p.threshold === 0
      ? {}
      : { notInTfjs: 'The ReLU of TensorFlow.js has neither a slope nor a threshold. Use a leakyRelu.' }),
  }),
  torch: (p) => (isPlain(p) ? { init: p.maxValue === 6 ? 'nn.ReLU6()' : 'nn.ReLU()' } : { forward: torchFormula(p) }),
  examples: [
    { inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 16] } },
    { params: { maxValue: 6 }, inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 16] } },
    { params: { maxValue: 0.5 }, inputs: { x: ['batch', 20] }, outputs: { y: ['batch', 20] } },
    { params: { maxValue: 0.5, negativeSlope: 0.1, threshold: 0.2 }, inputs: { x: ['batch', 20] }, outputs: { y: ['batch', 20] } },
  ],
});

interface Bounds {
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;
}

function isPlain({ maxValue, negativeSlope, threshold }: Bounds): boolean {
  return (maxValue === null || maxValue === 6) && negativeSlope === 0 && threshold === 0;
}

function torchFormula({ maxValue, negativeSlope, threshold }: Bounds): string {
  const above = `(x * (x > ${threshold}))${maxValue === null ? '' : `.clamp(max=${maxValue})`}`;
  return negativeSlope === 0 ? above : `${above} - ${negativeSlope} * F.relu(${threshold} - x)`;
}
