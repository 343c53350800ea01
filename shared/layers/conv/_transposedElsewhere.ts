import { isKnown, type Dim } from '../../graph/dim';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import { kerasInitializerOf } from '../_initializers';
import { convolutionTensors, padded, torchBool, torchTuple } from '../_torch';
import { kerasWeightConfig } from '../_weights';
import { span, spatialSizes, windowPads } from '../_window';
import { unsupported, type KerasLayer, type KerasRecord, type TorchRecord, type Unsupported } from '../define';
import { kerasDataFormat } from './_conv';
import { transposedAxes, transposedPads, transposedSize, type TransposedAxis, type TransposedParams } from './_transposed';

/** Consistent padding, which Keras does not have, is cut off the result of none. */
export function kerasTransposed(p: TransposedParams, dataFormat: DataFormat): KerasRecord | Unsupported {
  const axes = transposedAxes(p);
  if (axes.some(({ dilation }) => dilation !== axes[0]?.dilation))
    return unsupported('Keras’s transposed convolution has the same dilation along both axes. Set both to one number.');
  const isConsistent = p.padding === 'consistent';
  const added = axes.map(({ outputPadding, stride }) => (isConsistent ? (outputPadding ?? stride - 1) : outputPadding));
  const hasAdded = added.some((size) => size !== null && size > 0) || (p.outputPadding !== null && !isConsistent);
  const format = axes.length === 1 ? {} : { data_format: kerasDataFormat(dataFormat) };
  const isDilated = axes.some(({ dilation }) => dilation > 1);
  const missing = notInTfjs(axes.length, hasAdded, isDilated);
  const layer: KerasLayer = {
    className: `Conv${axes.length}DTranspose`,
    config: {
      filters: p.filters,
      kernel_size: axes.map(({ taps }) => taps),
      strides: axes.map(({ stride }) => stride),
      padding: isConsistent ? 'valid' : p.padding,
      output_padding: hasAdded ? added : null,
      dilation_rate: axes.map(({ dilation }) => dilation),
      ...format,
      activation: 'linear',
      use_bias: p.useBias,
      kernel_initializer: kerasInitializerOf(p.kernelInitializer),
      ...kerasWeightConfig(p),
    },
    weights: p.useBias ? ['kernel', 'bias'] : ['kernel'],
    ...(missing === undefined ? {} : { notInTfjs: missing }),
  };
  if (!isConsistent) return layer;
  const ends = axes.map(({ taps, dilation }) => windowPads(1, span(taps, dilation), 1, 'consistent'));
  const cropping = { className: `Cropping${axes.length}D`, config: { cropping: axes.length === 1 ? ends[0] : ends, ...format } };
  return {
    parts: [
      { ...layer, name: 'conv', inputs: ['x'] },
      { ...cropping, name: 'cut', inputs: ['conv'] },
    ],
    outputs: { y: 'cut' },
  };
}

function notInTfjs(axes: number, hasAdded: boolean, isDilated: boolean): string | undefined {
  if (axes === 1) return 'TensorFlow.js has no transposed convolution of sequences.';
  if (isDilated) return 'TensorFlow.js’s transposed convolution has no dilation. Set dilationRate to 1.';
  return hasAdded ? 'TensorFlow.js’s transposed convolution has no output padding. Leave outputPadding out.' : undefined;
}

/** PyTorch cuts off both sides alike; else everything is computed and the image cut out of it. */
export function torchTransposed(x: TensorType, p: TransposedParams, dataFormat: DataFormat): TorchRecord | Unsupported {
  const ends = spatialSizes(x, dataFormat).map((size, index) => cut(size, transposedAxes(p)[index] as TransposedAxis));
  if (ends.includes(undefined)) return unsupported('PyTorch’s code for padding “same” needs a known size. Give the input fixed sizes.');
  const known = ends as readonly Cut[];
  const axes = known.length;
  const isEven = known.every(({ before, after, stride }) => before - after >= 0 && before - after < stride);
  const outside = isEven ? known.map(({ before, after }) => before - after) : known.map(({ after }) => Math.max(-after, 0));
  const channels = x.shape[channelAxis(x.shape.length, dataFormat)] as number;
  const options = [
    `kernel_size=${torchTuple(known.map(({ taps }) => taps))}`,
    `stride=${torchTuple(known.map(({ stride }) => stride))}`,
    ...(isEven ? [`padding=${torchTuple(known.map(({ before }) => before))}`] : []),
    `output_padding=${torchTuple(outside)}`,
    ...(known.some(({ dilation }) => dilation > 1) ? [`dilation=${torchTuple(known.map(({ dilation }) => dilation))}`] : []),
    `bias=${torchBool(p.useBias)}`,
  ];
  const call = `self.layer(${axes === 1 ? 'x.transpose(1, 2)' : 'x'})`;
  const taken = isEven
    ? call
    : padded(
        call,
        known.map(({ before, after }) => [-before, -Math.max(after, 0)] as const),
      );
  return {
    init: `nn.ConvTranspose${axes}d(${channels}, ${p.filters}, ${options.join(', ')})`,
    forward: axes === 1 ? `${taken}.transpose(1, 2)` : taken,
    weights: convolutionTensors(axes, p.useBias),
  };
}

interface Cut {
  readonly taps: number;
  readonly dilation: number;
  readonly stride: number;
  /** What is cut off everything that the kernel reaches; below zero after it where the size is larger. */
  readonly before: number;
  readonly after: number;
}

function cut(size: Dim, axis: TransposedAxis): Cut | undefined {
  // What is cut off does not depend on the size, but for padding “same”.
  const input = isKnown(size) ? size : axis.padding === 'same' && axis.stride > 1 ? undefined : span(axis.taps, axis.dilation);
  if (input === undefined) return undefined;
  const output = transposedSize(input, axis) as number;
  const [before] = transposedPads(output, axis) as readonly [number, number];
  const { taps, dilation, stride } = axis;
  return { taps, dilation, stride, before, after: (input - 1) * stride + span(taps, dilation) - before - output };
}
