import * as z from 'zod';
import { formatDim, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { sampleSize, type TensorType } from '../../graph/tensor';
import { toInside, toOutside } from '../../program/dataFormat';
import { kerasInitializerOf, matrixInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { called, convolutionTensors, inNetworkOrder, inTorchOrder, torchBool } from '../_torch';
import { biasParams, kerasWeightConfig, kernelConstraint, matrixKernelRegularizer, weight } from '../_weights';
import { knownChannels } from '../_window';
import { defineLayer, withAxis, X, Y } from '../define';

const params = z.strictObject({
  units: z.int().min(1).max(1_000_000).default(64).describe('Size of the output’s last axis.').meta({ torch: 'out_features' }),
  useBias: z.boolean().default(true).describe('Adds a learned number to each unit.').meta({ torch: 'bias' }),
  kernelInitializer: matrixInitializer.default('glorotUniform').describe('How the kernel starts.').meta(torchInitializer),
  kernelRegularizer: matrixKernelRegularizer,
  kernelConstraint,
  ...biasParams,
});

/** A row in the form of an image, as a gate is before it scales one: there is nothing else to do the same to. */
function isOneRow({ shape }: TensorType): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1;
}

export const dense = defineLayer({
  type: 'dense',
  version: 1,
  title: 'Dense',
  category: 'core',
  icon: 'circle-dot',
  keywords: ['fully connected', 'linear', 'units', 'time distributed', 'projection'],
  docs: {
    summary: 'Multiplies each row by a learned matrix and adds a bias.',
    details:
      'Of a sequence each step is a row: what Keras’s TimeDistributed(Dense) computes. An image must be one such row, 1×1×n, as gates are.',
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
    if (x.shape.length > 3 && !isOneRow(x)) {
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
    const kernel = weight('kernel', [x.shape.at(-1) as number, p.units], p.kernelInitializer, p.kernelRegularizer, p.kernelConstraint);
    return p.useBias ? [kernel, weight('bias', [p.units], p.biasInitializer, p.biasRegularizer, p.biasConstraint)] : [kernel];
  },
  macs: ({ x }, { y }) => multiplyDims(sampleSize(y.shape), x.shape.at(-1) as Dim),
  summary: (p) => String(p.units),
  masks: () => 'keeps',
  lower(b, { x }, { kernel, bias }, _p, { dataFormat }) {
    // The row is the last axis in the network's own order.
    const product = b.matMul(toOutside(b, x, dataFormat), kernel as NonNullable<typeof kernel>);
    return { y: toInside(b, bias ? b.add(product, bias) : product, dataFormat) };
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
  torch: (p, { x }, { dataFormat }) => ({
    init: `nn.Linear(${formatDim(x.shape.at(-1) as Dim)}, ${p.units}, bias=${torchBool(p.useBias)})`,
    ...called((module) => inTorchOrder(`${module}(${inNetworkOrder('x', x.shape.length, dataFormat)})`, x.shape.length, dataFormat)),
    weights: convolutionTensors(0, p.useBias),
  }),
  examples: [
    { params: { units: 4 }, inputs: { x: ['batch', 3] }, outputs: { y: ['batch', 4] } },
    { params: { units: 4 }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 5, 4] } },
    { params: { units: 4, useBias: false }, inputs: { x: ['batch', 784] }, outputs: { y: ['batch', 4] } },
    { params: { units: 4 }, inputs: { x: ['batch', 1, 1, 3] }, outputs: { y: ['batch', 1, 1, 4] } },
    { params: { units: 4 }, inputs: { x: ['batch', 1, 1, 3] }, outputs: { y: ['batch', 1, 1, 4] }, dataFormat: 'channelsFirst' },
  ],
});
