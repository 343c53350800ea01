import * as z from 'zod';
import { preprocessingParams } from '../../data/preprocessing';
import { BATCH, unknown, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok } from '../../graph/result';
import { imageAxes, type DataFormat } from '../../graph/tensor';
import { withLetters } from '../../graph/unknownSizes';
import { joinSummary } from '../_params';
import { defineLayer, Y } from '../define';

const size = z.union([
  z.int().min(1).max(1_000_000),
  z.string().regex(/^[A-Z][A-Za-z0-9]{0,7}$/, 'a size that is not fixed is ? or a capital letter, such as H'),
]);
const params = z.strictObject({
  shape: z
    .preprocess((value) => (Array.isArray(value) ? withLetters(value) : value), z.array(size).max(6))
    .default([28, 28, 1])
    .describe('Sizes of one sample in the network’s data format, without the batch; ? or a letter such as H for a size that is not fixed.'),
  dtype: z.enum(['float32', 'int32', 'bool']).default('float32').describe('Type of the elements.').meta({ torch: 'dtype' }),
  ...preprocessingParams,
});
type InputParams = z.output<typeof params>;

export const input = defineLayer({
  type: 'input',
  version: 2,
  title: 'Input',
  category: 'inputOutput',
  icon: 'log-in',
  keywords: ['data', 'image', 'start'],
  docs: {
    summary: 'Where data enters the network.',
    details:
      'Images are brought to it as its last parameters say, in training, in evaluation, in prediction and for an export alike: resized by their smaller side, cut to a square, then scaled. Resizing is bilinear with a filter as wide as a new pixel, as in Pillow and torchvision.',
    url: 'https://keras.io/api/layers/core_layers/input/',
    torchName: 'argument of forward',
  },
  params,
  inputs: [],
  outputs: Y,
  infer(_inputs, p) {
    const { minAspectDim, resizeDim } = p;
    if (minAspectDim === null || resizeDim === null || resizeDim <= minAspectDim)
      return ok({ y: { dtype: p.dtype, shape: [BATCH, ...p.shape.map(toDim)] } });
    const message = `images are resized to ${minAspectDim} by their smaller side, and a square of ${resizeDim} is to be cut out of that. Resize to ${resizeDim} or more, or cut out a smaller square.`;
    return err({ code: 'param/crop-larger-than-image', param: 'resizeDim', message });
  },
  warnings: (_inputs, p, { dataFormat }) => otherImages(p, dataFormat),
  summary: (p) => joinSummary(p.shape.length === 0 ? 'scalar' : p.shape.join('×'), imageSummary(p)),
  // The compiler gives a network's inputs their values; nothing is computed here.
  lower() {
    throw new Error('An input is lowered by the compiler.');
  },
  keras: (p) => ({
    className: 'InputLayer',
    config: { batch_input_shape: [null, ...p.shape.map((dim) => (typeof dim === 'number' ? dim : null))], dtype: p.dtype, sparse: false },
  }),
  torch: () => ({ forward: 'x' }),
  examples: [
    { params: { shape: [32, 32, 3] }, inputs: {}, outputs: { y: ['batch', 32, 32, 3] } },
    { params: { shape: [128], dtype: 'int32' }, inputs: {}, outputs: { y: ['batch', 128] } },
    { params: { shape: [224, 224, 3], minAspectDim: 256, resizeDim: 224 }, inputs: {}, outputs: { y: ['batch', 224, 224, 3] } },
  ],
  migrations: { 2: { name: 'addPreprocessing', up: (given) => given } },
});

/** `crop 224 of 256`, where images are cut. */
function imageSummary({ minAspectDim, resizeDim }: InputParams): string {
  if (resizeDim === null) return minAspectDim === null ? '' : `resize ${minAspectDim}`;
  return minAspectDim === null ? `crop ${resizeDim}` : `crop ${resizeDim} of ${minAspectDim}`;
}

/** The preprocessing makes images of another size than the network takes. */
function otherImages({ shape, resizeDim, colours }: InputParams, dataFormat: DataFormat): readonly LayerProblem[] {
  if (shape.length !== 3) return [];
  const axes = imageAxes(dataFormat);
  const differs = (axis: number, made: number) => typeof shape[axis - 1] === 'number' && shape[axis - 1] !== made;
  const problem = (param: string, made: string): LayerProblem => ({
    code: 'param/other-image-size',
    severity: 'warning',
    param,
    message: `it takes ${shape.join('×')}, and its preprocessing makes images ${made}. Change one of them.`,
  });
  if (resizeDim !== null && (differs(axes.height, resizeDim) || differs(axes.width, resizeDim)))
    return [problem('resizeDim', `of ${resizeDim}×${resizeDim}`)];
  if (colours === 'rgb' && differs(axes.channels, 3)) return [problem('colours', 'of 3 channels')];
  return colours === 'grey' && differs(axes.channels, 1) ? [problem('colours', 'of 1 channel')] : [];
}

function toDim(dim: number | string): Dim {
  return typeof dim === 'number' ? dim : unknown(dim);
}
