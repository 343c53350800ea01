import * as z from 'zod';
import { addDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import { torchAxis } from '../_torch';
import { defineLayer, withAxis, Y } from '../define';
import { INPUTS, mismatchOf } from './_merge';

const params = z.strictObject({
  axis: z
    .int()
    .min(-7)
    .max(7)
    .nullable()
    .default(null)
    .describe('Along which axis, the batch being 0; none for the channels.')
    .meta({ torch: 'dim' }),
});

/** The axis in the network's own data format, counted from the front. */
function axisOf(axis: number | null, rank: number, dataFormat: DataFormat): number {
  if (axis === null) return channelAxis(rank, dataFormat);
  return axis < 0 ? axis + rank : axis;
}

/** The axis of a sequence's steps, counted from either end. */
const STEPS: ReadonlySet<number | null> = new Set([1, -2]);

/** Where that axis is in a channels-last value. */
function loweredAxis(axis: number, rank: number, dataFormat: DataFormat): number {
  if (dataFormat === 'channelsLast' || rank < 4 || axis === 0) return axis;
  return axis === 1 ? rank - 1 : axis - 1;
}

export const concatenate = defineLayer({
  type: 'concatenate',
  version: 1,
  title: 'Concatenate',
  category: 'merge',
  icon: 'layers-2',
  keywords: ['concat', 'join', 'stack', 'merge'],
  docs: {
    summary: 'Puts its inputs one after the other along an axis, the channels’ unless said otherwise.',
    formula: 'y = [x₁, x₂, …]',
    url: 'https://keras.io/api/layers/merging_layers/concatenate/',
    kerasDefaults: {
      axis: 'None is the channels wherever the data format has them; Keras’s −1 is the channels of channels-last values only.',
    },
    torchName: 'torch.cat',
  },
  params,
  takes: 'any',
  inputs: INPUTS,
  outputs: Y,
  saves: 'nothing',
  infer({ inputs }, p, { dataFormat }) {
    const first = inputs[0] as TensorType;
    const rank = first.shape.length;
    const axis = axisOf(p.axis, rank, dataFormat);
    if (axis < 1 || axis >= rank) {
      return err({
        code: 'param/axis',
        param: 'axis',
        message: `axis ${p.axis} is not an axis of ${rank - 1 === 1 ? 'one axis' : `${rank - 1} axes`} per sample. Use 1 to ${rank - 1}, or none for the channels.`,
      });
    }
    const problem = mismatchOf('concatenate', inputs, dataFormat, axis);
    if (problem && problem.severity !== 'warning') return err(problem);
    const size = inputs.reduce<Dim>((sum, type) => addDims(sum, type.shape[axis] as Dim), 0);
    return ok({ y: { dtype: first.dtype, shape: withAxis(first.shape, axis, size) } });
  },
  warnings({ inputs }, p, { dataFormat }) {
    const problem = mismatchOf('concatenate', inputs, dataFormat, axisOf(p.axis, (inputs[0] as TensorType).shape.length, dataFormat));
    return problem ? [problem] : [];
  },
  reach({ inputs }, p, { dataFormat }) {
    const rank = (inputs[0] as TensorType).shape.length;
    return axisOf(p.axis, rank, dataFormat) === channelAxis(rank, dataFormat) ? 'pointwise' : 'unknown';
  },
  summary: (p) => (p.axis === null ? 'channels' : `axis ${p.axis}`),
  masks: (p) => (STEPS.has(p.axis) ? 'stacks' : 'joins'),
  lower(b, { inputs }, _weights, p, { dataFormat }) {
    const rank = (inputs[0] as (typeof inputs)[number]).type.shape.length;
    return { y: b.concat(inputs, loweredAxis(axisOf(p.axis, rank, dataFormat), rank, dataFormat)) };
  },
  keras: (p, { inputs }, { dataFormat }) => ({
    className: 'Concatenate',
    config: { axis: axisOf(p.axis, (inputs[0] as TensorType).shape.length, dataFormat) },
  }),
  torch(p, { inputs }, { dataFormat }) {
    const rank = (inputs[0] as TensorType).shape.length;
    return { forward: `torch.cat(inputs, dim=${torchAxis(axisOf(p.axis, rank, dataFormat), rank, dataFormat)})` };
  },
  examples: [
    {
      inputs: {
        inputs: [
          ['batch', 8, 8, 16],
          ['batch', 8, 8, 8],
        ],
      },
      outputs: { y: ['batch', 8, 8, 24] },
    },
    {
      params: { axis: 1 },
      inputs: {
        inputs: [
          ['batch', 8, 8, 16],
          ['batch', 4, 8, 16],
        ],
      },
      outputs: { y: ['batch', 12, 8, 16] },
    },
    {
      inputs: {
        inputs: [
          ['batch', 16, 8, 8],
          ['batch', 8, 8, 8],
        ],
      },
      outputs: { y: ['batch', 24, 8, 8] },
      dataFormat: 'channelsFirst',
    },
  ],
});
