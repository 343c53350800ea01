import * as z from 'zod';
import { isKnown, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { imageAxes, type DataFormat, type TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { expectImage } from '../_window';
import { unsupported, type KerasPart, type KerasRecord } from '../define';

/** What augmentations say of training and inference. */
export const ONLY_IN_TRAINING =
  'Each image has random numbers of its own, equal at every run with the same seed. In inference it does nothing.';

/** Keras's `factor`: a share that is drawn between minus and plus it. */
export function factorParam(most: number, initial: number, description: string) {
  return z.number().min(0).max(most).default(initial).describe(description);
}

export const samplingParams = {
  fillMode: z
    .enum(['reflect', 'nearest', 'constant'])
    .default('reflect')
    .describe('What is seen beyond the border.')
    .meta({ advanced: true }),
  interpolation: z
    .enum(['bilinear', 'nearest'])
    .default('bilinear')
    .describe('How pixels between pixels are read.')
    .meta({ advanced: true }),
  fillValue: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(0)
    .describe('Of what is beyond the border, for fill mode “constant”.')
    .meta({ advanced: true }),
};

/** An image of known size, or what is wrong. */
export function inferAugmented(x: TensorType, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectImage(x);
  if (problem) return err(problem);
  const axes = imageAxes(dataFormat);
  if ([axes.height, axes.width].every((axis) => isKnown(x.shape[axis] as Dim))) return ok({ y: x });
  return err({ code: 'shape/unknown-size', port: 'x', message: 'expects images of a known size. Give the input fixed sizes.' });
}

/** A number for each image, uniform between two bounds, `[N, 1, 1]` or `[N, 1, 1, 1]`. */
export function drawn(b: Builder, image: Value, least: number, most: number, rank: 3 | 4 = 3): Value {
  const [batch] = image.type.shape as [Dim];
  const uniform = b.randomUniform([batch, ...new Array<number>(rank - 1).fill(1)]);
  return b.add(b.mul(uniform, b.scalar(most - least)), b.scalar(least));
}

type KerasStep = Omit<KerasPart, 'inputs'>;

/** TensorFlow.js has no augmentations: the identity that they are in inference. */
const IN_TFJS = { className: 'Activation', config: { activation: 'linear' } };

/** Keras's layer, and what is to be done to its images before and after it. */
interface KerasAugmentation {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly before?: KerasStep;
  readonly after?: KerasStep;
}

/** Keras's record of an augmentation. Keras 2 augments channels-last images only: others are turned and turned back. */
export function kerasAugmentation({ before, after, ...layer }: KerasAugmentation, dataFormat: DataFormat): KerasRecord {
  const turned = (name: string, dims: readonly number[]) =>
    dataFormat === 'channelsLast' ? undefined : { name, className: 'Permute', config: { dims } };
  const all = [
    turned('channels_last', [2, 3, 1]),
    before,
    { name: 'augmented', ...layer, inTfjs: IN_TFJS },
    after,
    turned('channels_first', [3, 1, 2]),
  ];
  const steps = all.filter((step) => step !== undefined);
  if (steps.length === 1) return { ...layer, inTfjs: IN_TFJS };
  const parts = steps.map((step, index) => ({ ...step, inputs: [steps[index - 1]?.name ?? 'x'] }));
  return { parts, outputs: { y: (steps.at(-1) as KerasStep).name } };
}

/** Brings values to another range, in Keras; in TensorFlow.js they stay as they are. */
export function kerasRescaling(name: string, [from, to]: readonly [Range, Range]): KerasStep {
  const scale = (to[1] - to[0]) / (from[1] - from[0]);
  return { name, className: 'Rescaling', config: { scale, offset: to[0] - from[0] * scale }, inTfjs: IN_TFJS };
}

/** Why there is no module of PyTorch. */
export const noTorchAugmentation = () => unsupported('PyTorch augments images before they reach the network, with torchvision.transforms.');

/** Keras's names of the sampling options. */
export function kerasSampling(p: { readonly fillMode: string; readonly interpolation: string; readonly fillValue: number }) {
  return { fill_mode: p.fillMode, interpolation: p.interpolation, fill_value: p.fillValue };
}

export const valueRangeParams = {
  valueRange: z
    .tuple([z.number().min(-1e6).max(1e6), z.number().min(-1e6).max(1e6)])
    .default([0, 255])
    .describe('Smallest and largest value; results are cut to it.')
    .meta({ advanced: true }),
};

export type Range = readonly [least: number, most: number];

/** Cut to a range of values, as Keras does after changing colours. */
export function withinRange(b: Builder, image: Value, [least, most]: Range): Value {
  return b.minimum(b.maximum(image, b.scalar(least)), b.scalar(most));
}
