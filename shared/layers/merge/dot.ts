import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import type { LayerProblem } from '../../graph/problem';
import { formatShape, sampleSize, type DataFormat, type Shape, type TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { toInside, toOutside } from '../../program/dataFormat';
import { inNetworkOrder, inTorchOrder } from '../_torch';
import { defineLayer, Y } from '../define';
import { alongProblem } from './_along';

const axis = z.int().min(-6).max(6);
const params = z.strictObject({
  axes: z
    .preprocess((value) => (typeof value === 'number' ? [value, value] : value), z.tuple([axis, axis]))
    .default([-1, -1])
    .describe('Which axis of each input is summed over, the batch being 0; below zero from the last.'),
  normalize: z.boolean().default(false).describe('Gives both length 1 along that axis first: their cosine.'),
});

/** The axis of each input that is summed over, counted from the front. */
type Axes = readonly [number, number];

/** Counted from the front; undefined where there is no such axis. */
function settled(index: number, { shape }: TensorType): number | undefined {
  const from = index < 0 ? index + shape.length : index;
  return from >= 1 && from < shape.length ? from : undefined;
}

function without(shape: Shape, index: number): readonly Dim[] {
  return shape.slice(1).filter((_, other) => other + 1 !== index);
}

function axesOf({ axes }: z.output<typeof params>, a: TensorType, b: TensorType): Axes | LayerProblem {
  const [first, second] = [settled(axes[0], a), settled(axes[1], b)];
  if (first === undefined || second === undefined) {
    const [port, type, wrong] = first === undefined ? ['a', a, axes[0]] : ['b', b, axes[1]];
    const message = `axis ${String(wrong)} is not an axis of ${formatShape(type.shape)}. Use 1 to ${type.shape.length - 1}.`;
    return { code: 'param/axis', param: 'axes', port: port, message };
  }
  return [first, second];
}

/** Why the axes that are summed over are not equally long. */
function disagreement(a: TensorType, b: TensorType, [first, second]: Axes, dataFormat: DataFormat): LayerProblem | undefined {
  const what = `the axes that are summed over (${first} of a, ${second} of b)`;
  return alongProblem(
    { differ: 'shape/dot-size', unproven: 'shape/dot-unproven', what },
    { port: 'a', type: a, axis: first },
    { port: 'b', type: b, axis: second },
    dataFormat,
  );
}

/** The batch, then what is left of a, then of b; 1 where nothing is. */
function resultShape(a: TensorType, b: TensorType, [first, second]: Axes): Shape {
  const rest = [...without(a.shape, first), ...without(b.shape, second)];
  return [a.shape[0] as Dim, ...(rest.length === 0 ? [1] : rest)];
}

/** `[batch, everything else, the axis]`. */
function asMatrices(b: Builder, x: Value, index: number): Value {
  const shape = x.type.shape;
  const others = shape.map((_, other) => other).filter((other) => other !== 0 && other !== index);
  const turned = b.transpose(x, [0, ...others, index]);
  return b.reshape(turned, [shape[0] as Dim, without(shape, index).reduce<Dim>(multiplyDims, 1), shape[index] as Dim]);
}

function unit(b: Builder, x: Value, index: number): Value {
  const square = b.reduceSum(b.mul(x, x), [index], true);
  return b.div(x, b.sqrt(b.maximum(square, b.scalar(1e-12))));
}

export const dot = defineLayer({
  type: 'dot',
  version: 1,
  title: 'Dot',
  category: 'merge',
  icon: 'circle-dot',
  keywords: ['dot product', 'cosine', 'similarity', 'matrix product', 'einsum'],
  docs: {
    summary: 'Multiplies its inputs and sums over one axis of each: products of rows, of matrices, or their cosine.',
    formula: 'y[…i, …j] = Σₖ a[…i, k] · b[…j, k]',
    url: 'https://keras.io/api/layers/merging_layers/dot/',
    torchName: 'torch.einsum',
  },
  params,
  inputs: [{ name: 'a' }, { name: 'b' }],
  outputs: Y,
  infer({ a, b }, p, { dataFormat }) {
    const axes = axesOf(p, a, b);
    if ('code' in axes) return err(axes);
    const problem = disagreement(a, b, axes, dataFormat);
    return problem && problem.severity !== 'warning' ? err(problem) : ok({ y: { dtype: 'float32', shape: resultShape(a, b, axes) } });
  },
  warnings({ a, b }, p, { dataFormat }) {
    const axes = axesOf(p, a, b);
    const problem = 'code' in axes ? undefined : disagreement(a, b, axes, dataFormat);
    return problem ? [problem] : [];
  },
  macs({ a, b }, { y }, p) {
    const axes = axesOf(p, a, b);
    return 'code' in axes ? 0 : multiplyDims(sampleSize(y.shape), a.shape[axes[0]] as Dim);
  },
  reach: () => 'unknown',
  summary: (p) => `${p.axes.join(', ')}${p.normalize ? ' · cosine' : ''}`,
  lower(builder, inputs, _weights, p, { dataFormat }) {
    const [a, b] = [toOutside(builder, inputs.a, dataFormat), toOutside(builder, inputs.b, dataFormat)];
    const axes = axesOf(p, a.type, b.type);
    if ('code' in axes) throw new Error(axes.message);
    const of = (x: Value, index: number) => asMatrices(builder, p.normalize ? unit(builder, x, index) : x, index);
    const product = builder.batchMatMul(of(a, axes[0]), of(b, axes[1]), { transposeB: true });
    return { y: toInside(builder, builder.reshape(product, resultShape(a.type, b.type, axes)), dataFormat) };
  },
  keras(p, { a, b }) {
    const axes = axesOf(p, a, b);
    const isFlat = a.shape.length <= 3 && b.shape.length <= 3;
    return {
      className: 'Dot',
      config: { axes: 'code' in axes ? p.axes : axes, normalize: p.normalize },
      ...(isFlat ? {} : { notInTfjs: 'TensorFlow.js multiplies rows and matrices only.' }),
    };
  },
  torch(p, { a, b }, { dataFormat }) {
    const axes = axesOf(p, a, b) as Axes;
    const letters = (count: number, from: number) => Array.from({ length: count }, (_, index) => String.fromCharCode(97 + from + index));
    const [left, right] = [letters(a.shape.length - 1, 0), letters(b.shape.length - 1, a.shape.length - 1)];
    const spelt = (own: readonly string[], index: number) => `n${own.with(index - 1, 'z').join('')}`;
    const rest = [...left.toSpliced(axes[0] - 1, 1), ...right.toSpliced(axes[1] - 1, 1)].join('');
    const operand = (name: string, { shape }: TensorType, index: number) => {
      const value = inNetworkOrder(name, shape.length, dataFormat);
      return p.normalize ? `F.normalize(${value}, dim=${index}, eps=1e-6)` : value;
    };
    const equation = `${spelt(left, axes[0])},${spelt(right, axes[1])}->n${rest}`;
    const product = `torch.einsum('${equation}', ${operand('a', a, axes[0])}, ${operand('b', b, axes[1])})`;
    const rank = resultShape(a, b, axes).length;
    return { forward: rest === '' ? `${product}.unsqueeze(1)` : inTorchOrder(product, rank, dataFormat) };
  },
  examples: [
    { inputs: { a: ['batch', 5], b: ['batch', 5] }, outputs: { y: ['batch', 1] } },
    { params: { normalize: true }, inputs: { a: ['batch', 4, 5], b: ['batch', 3, 5] }, outputs: { y: ['batch', 4, 3] } },
    { params: { axes: [2, 1] }, inputs: { a: ['batch', 4, 5], b: ['batch', 5, 3] }, outputs: { y: ['batch', 4, 3] } },
    { params: { axes: [3, 1] }, inputs: { a: ['batch', 2, 3, 4], b: ['batch', 4] }, outputs: { y: ['batch', 2, 3] } },
    {
      params: { axes: [1, 2], normalize: true },
      inputs: { a: ['batch', 4, 2, 3], b: ['batch', 5, 4] },
      outputs: { y: ['batch', 2, 3, 5] },
      dataFormat: 'channelsFirst',
    },
  ],
});
