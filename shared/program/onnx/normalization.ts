import { multiplyDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import { floatScalar, IMAGE, integers } from './layout';
import type { OnnxGraph } from './writer';

/** Mean and variance of each channel. */
interface Moments {
  readonly mean: string;
  readonly variance: string;
}

/**
 * x with the channels on axis 1, where `BatchNormalization` wants them – images in their channels-first form, else all
 * other axes made one –, and the way back.
 */
function channelled(
  g: OnnxGraph,
  shape: Shape,
): { into(value: string): string; back(value: string): string; vector(value: string): string } {
  const channels = shape.at(-1) as Dim;
  if (shape.length === 4) {
    return {
      into: (value) => g.permuted(value, IMAGE),
      back: (value) => g.fromPermuted(value, IMAGE),
      vector: (value) => g.op('Reshape', [value, g.shape([channels, 1, 1])]),
    };
  }
  if (shape.length === 2) return { into: (value) => value, back: (value) => value, vector: (value) => value };
  const rows = shape.slice(0, -1).reduce<Dim>(multiplyDims, 1);
  return {
    into: (value) => g.op('Reshape', [value, g.shape([rows, channels])]),
    back: (value) => g.op('Reshape', [value, g.shape(shape)]),
    vector: (value) => value,
  };
}

/** Normalised by this batch's moments; gives y, mean and (biased) variance. */
export function normalizeByBatch(g: OnnxGraph, x: string, scale: string, offset: string, epsilon: number, shape: Shape): readonly string[] {
  if (g.runtime.lacksBatchMoments) return normalizeByMeans(g, x, scale, offset, epsilon, shape);
  const { into, back } = channelled(g, shape);
  // With momentum 0 the "running" moments that come out are this batch's.
  const attributes = { epsilon: { float: epsilon }, momentum: { float: 0 }, training_mode: 1 };
  const image = into(x);
  const [y = '', mean = '', variance = ''] = g.ops(
    'BatchNormalization',
    [image, scale, offset, ...scratch(g, image, shape)],
    attributes,
    3,
  );
  return [back(y), mean, variance];
}

/** The same by means: of x, and of the squares of what is left without it. */
function normalizeByMeans(g: OnnxGraph, x: string, scale: string, offset: string, epsilon: number, shape: Shape): readonly string[] {
  const { into, back, vector } = channelled(g, shape);
  const image = into(x);
  const axes = integers(g, shape.length === 4 ? [0, 2, 3] : [0]);
  const means = (value: string) => g.op('ReduceMean', [value, axes], { keepdims: 0 });
  const mean = means(image);
  const centred = g.op('Sub', [image, vector(mean)]);
  const variance = means(g.op('Mul', [centred, centred]));
  const factor = g.op('Div', [scale, g.op('Sqrt', [g.op('Add', [variance, floatScalar(g, epsilon)])])]);
  const y = g.op('Add', [g.op('Mul', [centred, vector(factor)]), vector(offset)]);
  return [back(y), mean, variance];
}

/**
 * Two vectors of zeros that nothing else reads: onnxruntime writes mean and variance over the running ones that go in,
 * without asking whether they are constants or each other. They depend on x, so that neither is taken for a constant, nor
 * for that of another layer.
 */
function scratch(g: OnnxGraph, x: string, shape: Shape): readonly [string, string] {
  const axes = shape.length === 4 ? [0, 2, 3] : [0];
  const zeros = axes.map(() => 0);
  const ones = axes.map(() => 1);
  const first = g.op('Slice', [x, integers(g, zeros), integers(g, ones), integers(g, axes)]);
  const vector = g.op('Reshape', [first, integers(g, [-1])]);
  return [g.op('Mul', [vector, floatScalar(g, 0)]), g.op('Mul', [floatScalar(g, 0), vector])];
}

/** Normalised by the given moments. */
export function normalize(g: OnnxGraph, x: string, scale: string, offset: string, moments: Moments, epsilon: number, shape: Shape): string {
  const { into, back } = channelled(g, shape);
  return back(g.op('BatchNormalization', [into(x), scale, offset, moments.mean, moments.variance], { epsilon: { float: epsilon } }));
}

/**
 * Gradients of {@link normalizeByBatch} by x, scale and offset, of which the first, in one pass over x and one over dy,
 * is scale/deviation · (dy − mean(dy) − normal · mean(dy · normal)).
 */
export function normalizeGradient(
  g: OnnxGraph,
  dy: string,
  x: string,
  scale: string,
  moments: Moments,
  epsilon: number,
  shape: Shape,
): readonly string[] {
  const { into, back, vector } = channelled(g, shape);
  const image = into(x);
  const gradient = into(dy);
  const affine = (factor: string, summand: string) =>
    g.op('BatchNormalization', [image, factor, summand, moments.mean, moments.variance], { epsilon: { float: epsilon } });
  const axes = integers(g, shape.length === 4 ? [0, 2, 3] : [0]);
  const sum = (value: string) => g.op('ReduceSum', [value, axes], { keepdims: 0 });
  const normal = affine(filled(g, 1, shape), filled(g, 0, shape));
  const dOffset = sum(gradient);
  const dScale = sum(g.op('Mul', [gradient, normal]));
  const count = g.op('Cast', [g.size(shape.slice(0, -1).reduce<Dim>(multiplyDims, 1))], { to: { type: 'float32' } });
  const deviation = g.op('Sqrt', [g.op('Add', [moments.variance, floatScalar(g, epsilon)])]);
  const factor = g.op('Div', [scale, deviation]);
  const share = g.op('Neg', [g.op('Div', [factor, count])]);
  const byX = affine(g.op('Mul', [share, dScale]), g.op('Mul', [share, dOffset]));
  const dx = g.op('Add', [g.op('Mul', [gradient, vector(factor)]), byX]);
  return [back(dx), dScale, dOffset];
}

/** A vector of one number for each channel. */
function filled(g: OnnxGraph, value: number, shape: Shape): string {
  const channels = shape.at(-1) as number;
  return g.constant(new Float32Array(channels).fill(value), [channels], 'float32');
}
