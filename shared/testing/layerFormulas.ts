import * as tf from '@tensorflow/tfjs';
import type { DataFormat } from '../graph/tensor';
import { recurrentFormulas } from './recurrentFormulas';
import { windowFormulas } from './windowFormulas';

/** What a layer's formula is given: its inputs in the order of its ports, in the network's own data format. */
export interface FormulaInputs {
  readonly inputs: readonly tf.Tensor[];
  readonly weights: Readonly<Record<string, tf.Tensor>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly dataFormat: DataFormat;
}

export type Formula = (given: FormulaInputs) => tf.Tensor;

const first = ({ inputs }: FormulaInputs) => inputs[0] as tf.Tensor;
const numberOf = ({ params }: FormulaInputs, name: string) => params[name] as number;

/** Formulas in TensorFlow.js's eager operations, of the layers that its own layers (or Keras's records) do not have. */
export const layerFormulas: Readonly<Record<string, Formula>> = {
  ...recurrentFormulas,
  ...windowFormulas,
  celu(given) {
    const alpha = numberOf(given, 'alpha');
    const below = tf.mul(alpha, tf.expm1(tf.div(first(given), alpha)));
    return tf.add(tf.maximum(first(given), 0), tf.minimum(below, 0));
  },
  elu({ inputs: [x], params }) {
    const all = x as tf.Tensor;
    return tf.where(tf.greater(all, 0), all, tf.mul(params['alpha'] as number, tf.expm1(all)));
  },
  /** The approximate one: the exact one is a Keras record. */
  gelu(given) {
    const x = first(given);
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.pow(x, 3))));
    return tf.mul(tf.mul(x, 0.5), tf.add(1, tf.tanh(inner)));
  },
  glu(given) {
    const [kept, gate] = tf.split(first(given), 2, given.dataFormat === 'channelsFirst' ? 1 : -1) as [tf.Tensor, tf.Tensor];
    return tf.mul(kept, tf.sigmoid(gate));
  },
  relu(given) {
    const [highest, slope, threshold] = ['maxValue', 'negativeSlope', 'threshold'].map((name) => numberOf(given, name)) as [
      number,
      number,
      number,
    ];
    const x = first(given);
    const below = tf.mul(slope, tf.sub(x, threshold));
    const above = tf.where(tf.greater(x, threshold), x, below);
    return tf.where(tf.greaterEqual(x, highest), tf.fill(x.shape, highest), above);
  },
  cropping1d: (given) => {
    const [x, before, after] = [first(given), numberOf(given, 'before'), numberOf(given, 'after')];
    return tf.slice(x, [0, before, 0], [-1, (x.shape[1] as number) - before - after, -1]);
  },
  masking(given) {
    const x = first(given);
    return tf.mul(x, tf.cast(tf.any(tf.notEqual(x, numberOf(given, 'maskValue')), -1, true), 'float32'));
  },
  embedding: (given) => tf.gather(given.weights['embeddings'] as tf.Tensor, tf.cast(first(given), 'int32')),
  /** The sum of the neighbours' squares, one neighbour after another. */
  localResponseNormalization: (given) =>
    onImage(given, (x) => {
      const [size, alpha, beta, k] = ['size', 'alpha', 'beta', 'k'].map((name) => numberOf(given, name)) as [
        number,
        number,
        number,
        number,
      ];
      const pads = x.shape.map((_, axis): [number, number] =>
        axis === x.rank - 1 ? [Math.floor(size / 2), Math.floor((size - 1) / 2)] : [0, 0],
      );
      const squares = tf.pad(tf.square(x), pads);
      const seen = Array.from({ length: size }, (_, offset) =>
        tf.slice(
          squares,
          x.shape.map((_size, axis) => (axis === x.rank - 1 ? offset : 0)),
          x.shape,
        ),
      );
      return tf.div(x, tf.pow(tf.add(k, tf.mul(alpha / size, tf.addN(seen))), beta));
    }),
  /** Products of vectors, one pair after another. */
  dot({ inputs: [a, b], params }) {
    const axes = params['axes'] as [number, number];
    const rows = (x: tf.Tensor, axis: number) => {
      const own = axis < 0 ? axis + x.rank : axis;
      const others = x.shape.map((_, index) => index).filter((index) => index !== own && index !== 0);
      const turned = tf.reshape(tf.transpose(x, [0, ...others, own]), [x.shape[0], -1, x.shape[own] as number]);
      const length = params['normalize'] === true ? tf.norm(turned, 'euclidean', 2, true) : 1;
      return { values: tf.div(turned, length), rest: others.map((index) => x.shape[index] as number) };
    };
    const [left, right] = [rows(a as tf.Tensor, axes[0]), rows(b as tf.Tensor, axes[1])];
    const products = tf.sum(tf.mul(tf.expandDims(left.values, 2), tf.expandDims(right.values, 1)), 3);
    return tf.reshape(products, [(a as tf.Tensor).shape[0], ...left.rest, ...right.rest]);
  },
  subtract: ({ inputs: [a, b] }) => tf.sub(a as tf.Tensor, b as tf.Tensor),
  /** The bilinear one: the nearest is a Keras record. */
  upSampling2d(given) {
    const x = first(given) as tf.Tensor4D;
    const [rows, columns] = given.params['size'] as [number, number];
    return tf.image.resizeBilinear(x, [x.shape[1] * rows, x.shape[2] * columns], false, true);
  },
  resize: (given) =>
    onImage(given, (image) => {
      const size: [number, number] = [numberOf(given, 'height'), numberOf(given, 'width')];
      const method = given.params['interpolation'] === 'nearest' ? tf.image.resizeNearestNeighbor : tf.image.resizeBilinear;
      return method(image as tf.Tensor4D, size, false, true);
    }),
  adaptiveAveragePooling2d: (given) =>
    onImage(given, (image) => meansAlong(meansAlong(image, 1, numberOf(given, 'height')), 2, numberOf(given, 'width'))),
  instanceNormalization: (given) => onImage(given, (image) => scaled(given, standardized(image, [1, 2], numberOf(given, 'epsilon')))),
  groupNormalization: (given) =>
    onImage(given, (image) => {
      const groups = tf.split(image, numberOf(given, 'groups'), -1);
      const epsilon = numberOf(given, 'epsilon');
      return scaled(
        given,
        tf.concat(
          groups.map((group) =>
            standardized(
              group,
              group.shape.slice(1).map((_, axis) => axis + 1),
              epsilon,
            ),
          ),
          -1,
        ),
      );
    }),
  rmsNormalization: (given) =>
    onImage(given, (x) => scaled(given, tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), numberOf(given, 'epsilon')))))),
  /** Sinusoidal ones step by step and channel by channel. */
  positionEmbedding(given) {
    const x = first(given) as tf.Tensor3D;
    const [, steps, channels] = x.shape;
    const learned = given.weights['embeddings'];
    if (learned) return tf.add(x, tf.slice(learned, [0, 0], [steps, channels]));
    const rate = (channel: number) => 1 / Math.pow(10_000, (channel - (channel % 2)) / channels);
    const rows = Array.from({ length: steps }, (_r, step) =>
      Array.from({ length: channels }, (_c, channel) => (channel % 2 ? Math.cos : Math.sin)(step * rate(channel))),
    );
    return tf.add(x, tf.tensor2d(rows));
  },
  classToken(given) {
    const x = first(given) as tf.Tensor3D;
    const token = tf.tile(tf.reshape(given.weights['token'] as tf.Tensor, [1, 1, -1]), [x.shape[0], 1, 1]);
    return tf.concat([token, x], 1);
  },
  softmax: (given) =>
    onImage(given, (x) => {
      const powers = tf.exp(x);
      return tf.div(powers, tf.sum(powers, -1, true));
    }),
  unitNormalization: (given) => onImage(given, (x) => tf.div(x, tf.norm(x, 'euclidean', -1, true))),
  scaledDotProductAttention({ inputs: [query, key, value], params }) {
    return attention(query as tf.Tensor, key as tf.Tensor, value as tf.Tensor, params['causal'] === true);
  },
  /** Head by head. */
  multiHeadAttention({ inputs: [query, value], weights, params }) {
    const head = (name: string, x: tf.Tensor, index: number) => {
      const own = (tensor: tf.Tensor, axis: number) => tf.squeeze(tf.gather(tensor, [index], axis), [axis]);
      const kernel = own(weights[`${name}Kernel`] as tf.Tensor, 1) as tf.Tensor2D;
      const bias = weights[`${name}Bias`];
      const y = tf.matMul(tf.reshape(x, [-1, kernel.shape[0]]), kernel);
      return tf.reshape(tf.add(y, bias ? own(bias, 0) : 0), [x.shape[0], x.shape[1] as number, kernel.shape[1]]);
    };
    const heads = Array.from({ length: params['numHeads'] as number }, (_, index) => {
      const [q, k, v] = [
        head('query', query as tf.Tensor, index),
        head('key', value as tf.Tensor, index),
        head('value', value as tf.Tensor, index),
      ];
      const seen = attention(q, k, v, params['causal'] === true);
      const kernel = tf.squeeze(tf.gather(weights['outputKernel'] as tf.Tensor, [index], 0), [0]);
      return tf.reshape(tf.matMul(tf.reshape(seen, [-1, kernel.shape[0]]), kernel), [...seen.shape.slice(0, 2), kernel.shape[1] as number]);
    });
    return tf.add(tf.addN(heads), weights['outputBias'] ?? 0);
  },
  /** As PyTorch's documentation writes it, over channels-first images. */
  pixelShuffle(given) {
    const factor = numberOf(given, 'upscaleFactor');
    const turned = given.dataFormat === 'channelsFirst' ? first(given) : tf.transpose(first(given), [0, 3, 1, 2]);
    const [batch, channels, height, width] = turned.shape as [number, number, number, number];
    const kept = channels / factor ** 2;
    const squares = tf.transpose(tf.reshape(turned, [batch, kept, factor, factor, height, width]), [0, 1, 4, 2, 5, 3]);
    const y = tf.reshape(squares, [batch, kept, height * factor, width * factor]);
    return given.dataFormat === 'channelsFirst' ? y : tf.transpose(y, [0, 2, 3, 1]);
  },
};

/** Scores that may not be seen are left out of the sum, instead of made small. */
function attention(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, causal: boolean): tf.Tensor {
  const powers = tf.exp(tf.div(tf.matMul(query, key, false, true), Math.sqrt(query.shape.at(-1) as number)));
  const [rows, columns] = powers.shape.slice(-2) as [number, number];
  const seen = tf.tensor(
    Array.from({ length: rows }, (_r, row) => Array.from({ length: columns }, (_c, column) => Number(!causal || column <= row))),
  );
  const kept = tf.mul(powers, seen);
  return tf.matMul(tf.div(kept, tf.sum(kept, -1, true)), value);
}

/** On the channels-last image, whatever the network's data format. */
function onImage(given: FormulaInputs, compute: (image: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (given.dataFormat === 'channelsLast' || first(given).rank !== 4) return compute(first(given));
  return tf.transpose(compute(tf.transpose(first(given), [0, 2, 3, 1])), [0, 3, 1, 2]);
}

function standardized(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}

function scaled({ weights: { gamma, beta } }: FormulaInputs, x: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(x, gamma ?? 1), beta ?? 0);
}

function meansAlong(x: tf.Tensor, axis: number, size: number): tf.Tensor {
  const length = x.shape[axis] as number;
  const windows = Array.from({ length: size }, (_, index) => {
    const begin = Math.floor((index * length) / size);
    const end = Math.ceil(((index + 1) * length) / size);
    const from = x.shape.map((_size, other) => (other === axis ? begin : 0));
    const sizes = x.shape.map((full, other) => (other === axis ? end - begin : full));
    return tf.mean(tf.slice(x, from, sizes), axis, true);
  });
  return tf.concat(windows, axis);
}
