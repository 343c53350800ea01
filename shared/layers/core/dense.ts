import * as z from 'zod';
import { formatDim, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { sampleSize } from '../../graph/tensor';
import { kerasInitializerOf, matrixInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { convolutionTensors, torchBool } from '../_torch';
import { biasParams, kerasWeightConfig, matrixKernelRegularizer, weight } from '../_weights';
import { knownChannels } from '../_window';
import { defineLayer, withAxis, X, Y } from '../define';

const params = z.strictObject({
  units: z.int().min(1).max(1_000_000).default(64).describe('Size of the output’s last axis.').meta({ torch: 'out_features' }),
  useBias: z.boolean().default(true).describe('Adds a learned number to each unit.').meta({ torch: 'bias' }),
  kernelInitializer: matrixInitializer.default('glorotUniform').describe('How the kernel starts.').meta(torchInitializer),
  kernelRegularizer: matrixKernelRegularizer,
  ...biasParams,
});

export const dense = defineLayer({
  type: 'dense',
  version: 1,
  title: 'Dense',
  category: 'core',
  icon: 'circle-dot',
  keywords: ['fully connected', 'linear', 'units', 'time distributed', 'projection'],
  docs: {
    summary: 'Multiplies each row by a learned matrix and adds a bias.',
    details: 'Of a sequence each step is a row: what Keras’s TimeDistributed(Dense) computes.',
    formula: 'y = x · kernel + bias',
    url: 'https://keras.io/api/layers/core_layers/dense/',
    torchName: 'nn.Linear',
    torchCalls: ['nn.Linear(in_features, out_features, bias=True)'],
    kerasCalls: ["Dense(units, activation=None, use_bias=True, kernel_initializer='glorot_uniform')"],
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, p) {
    if (x.shape.length > 3) {
      return err({
        code: 'shape/dense-on-image',
        port: 'x',
        message: `received an image (${x.shape.length - 1} axes per sample); it would be applied to each pixel alone. Put a globalAveragePooling2d or flatten before it.`,
      });
    }
    const features = knownChannels(x, x.shape.length - 1);
    if (x.shape.length < 2 || typeof features !== 'number') {
      return err({
        code: 'shape/unknown-features',
        port: 'x',
        message: 'expects a known number of features per sample. Give the input fixed sizes.',
      });
    }
    return ok({ y: { dtype: 'float32', shape: withAxis(x.shape, x.shape.length - 1, p.units) } });
  },
  weights({ x }, p) {
    const kernel = weight('kernel', [x.shape.at(-1) as number, p.units], p.kernelInitializer, p.kernelRegularizer);
    return p.useBias ? [kernel, weight('bias', [p.units], p.biasInitializer, p.biasRegularizer)] : [kernel];
  },
  macs: ({ x }, { y }) => multiplyDims(sampleSize(y.shape), x.shape.at(-1) as Dim),
  summary: (p) => String(p.units),
  masks: () => 'keeps',
  lower(b, { x }, { kernel, bias }) {
    const y = b.matMul(x, kernel as NonNullable<typeof kernel>);
    return { y: bias ? b.add(y, bias) : y };
  },
  keras: (p) => ({
    className: 'Dense',
    config: {
      units: p.units,
      activation: 'linear',
      use_bias: p.useBias,
      kernel_initializer: kerasInitializerOf(p.kernelInitializer),
      ...kerasWeightConfig(p),
    },
  }),
  torch: (p, { x }) => ({
    init: `nn.Linear(${formatDim(x.shape.at(-1) as Dim)}, ${p.units}, bias=${torchBool(p.useBias)})`,
    weights: convolutionTensors(0, p.useBias),
  }),
  examples: [
    { params: { units: 4 }, inputs: { x: ['batch', 3] }, outputs: { y: ['batch', 4] } },
    { params: { units: 4 }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 5, 4] } },
    { params: { units: 4, useBias: false }, inputs: { x: ['batch', 784] }, outputs: { y: ['batch', 4] } },
  ],
});
