import type { Dim } from '../../graph/dim';
import { multiplyDims } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { GradientBuilder, Value } from '../builder';
import { integers } from '../onnx/layout';
import { definePrimitive } from '../primitive';
import type { OnnxGraph } from '../onnx/writer';
import type { TensorFlowGraph } from '../tensorflow/writer';
import { checkAxes, expectFloat } from './_shapes';

/** The axes that a reduction takes away, or keeps as 1. */
export interface ReduceAttributes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The shape after a reduction. */
function reducedShape(shape: Shape, { axes, keepDims }: ReduceAttributes): Shape {
  checkAxes('reduce', shape, axes);
  return keepDims ? shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim)) : shape.filter((_, axis) => !axes.includes(axis));
}

/** Back to the shape before the reduction, every element of a group getting the same. */
function spread(b: GradientBuilder, dy: Value, shape: Shape, axes: readonly number[]): Value {
  return b.broadcastTo(b.reshape(dy, reducedShape(shape, { axes, keepDims: true })), shape);
}

/** Sum over the axes. */
export const reduceSum = definePrimitive('reduceSum', {
  inputs: ['x'],
  outputs: ['y'],
  infer: ([x], attributes: ReduceAttributes) => [{ dtype: x.dtype, shape: reducedShape(x.shape, attributes) }],
  gradient: (b, { inputs: [x], attributes }, [dy]) => [spread(b, dy, x.type.shape, attributes.axes)],
  tensorflow(g, [x], attributes, { inputs: [type] }) {
    if (type.dtype === 'float32' && keepsLastOnly(type.shape, attributes)) return g.op('BiasAddGrad', [x], { T: { type: 'float32' } });
    return reduce(g, 'Sum', x, attributes, type.dtype === 'bool' ? 'int32' : type.dtype);
  },
  onnx: (g, [x], attributes, types) => onnxReduce(g, 'ReduceSum', x, attributes, types.inputs[0].shape.length),
});

/** Mean over the axes. */
export const reduceMean = definePrimitive('reduceMean', {
  inputs: ['x'],
  outputs: ['y'],
  infer([x], attributes: ReduceAttributes) {
    expectFloat('reduceMean', x);
    return [{ dtype: x.dtype, shape: reducedShape(x.shape, attributes) }];
  },
  gradient(b, { inputs: [x], attributes }, [dy]) {
    const count = attributes.axes.map((axis) => x.type.shape[axis] as Dim).reduce<Dim>(multiplyDims, 1);
    return [spread(b, b.div(dy, b.size(count)), x.type.shape, attributes.axes)];
  },
  tensorflow: (g, [x], attributes) => reduce(g, 'Mean', x, attributes, 'float32'),
  onnx: (g, [x], attributes, types) => onnxReduce(g, 'ReduceMean', x, attributes, types.inputs[0].shape.length),
});

/** Largest element over the axes; of equal ones each takes an equal share of the gradient, as in TensorFlow. */
export const reduceMax = definePrimitive('reduceMax', {
  inputs: ['x'],
  outputs: ['y'],
  infer([x], attributes: ReduceAttributes) {
    expectFloat('reduceMax', x);
    return [{ dtype: x.dtype, shape: reducedShape(x.shape, attributes) }];
  },
  gradient(b, { inputs: [x], outputs: [y], attributes: { axes } }, [dy]) {
    const isLargest = b.equal(x, spread(b, y, x.type.shape, axes));
    const shares = spread(b, b.reduceSum(isLargest, axes, true), x.type.shape, axes);
    return [b.mul(spread(b, dy, x.type.shape, axes), b.div(isLargest, shares))];
  },
  tensorflow: (g, [x], attributes) => reduce(g, 'Max', x, attributes, 'float32'),
  onnx: (g, [x], attributes, types) => onnxReduce(g, 'ReduceMax', x, attributes, types.inputs[0].shape.length),
});

/** Index of the largest element along the last axis, int32; the first of equal ones. */
export const argMax = definePrimitive('argMax', {
  inputs: ['x'],
  outputs: ['index'],
  infer([x]) {
    expectFloat('argMax', x);
    checkAxes('argMax', x.shape, [x.shape.length - 1]);
    return [{ dtype: 'int32', shape: x.shape.slice(0, -1) }];
  },
  gradient: 'constant',
  tensorflow: (g, [x], _, { inputs: [type] }) =>
    g.op('ArgMax', [x, g.constant([type.shape.length - 1], [], 'int32')], {
      T: { type: 'float32' },
      Tidx: { type: 'int32' },
      output_type: { type: 'int32' },
    }),
  onnx: (g, [x]) => g.op('Cast', [g.op('ArgMax', [x], { axis: -1, keepdims: 0 })], { to: { type: 'int32' } }),
});

/** A bias' gradient, for which TensorFlow has a kernel of its own. */
function keepsLastOnly({ length: rank }: Shape, { axes, keepDims }: ReduceAttributes): boolean {
  return !keepDims && rank >= 2 && rank <= 5 && axes.length === rank - 1 && !axes.includes(rank - 1);
}

function reduce(g: TensorFlowGraph, type: string, x: string, { axes, keepDims }: ReduceAttributes, dtype: 'float32' | 'int32'): string {
  return g.op(type, [x, g.constant(axes, [axes.length], 'int32')], { T: { type: dtype }, Tidx: { type: 'int32' }, keep_dims: keepDims });
}

/** In the form in which x is, where the axes that are left keep their order in it. */
function onnxReduce(g: OnnxGraph, type: string, x: string, { axes, keepDims }: ReduceAttributes, rank: number): string {
  const form = g.formOf(x);
  const left = form?.filter((axis) => !axes.includes(axis)) ?? [];
  const isOrdered = left.every((axis, index) => index === 0 || axis > (left[index - 1] as number));
  if (form?.length !== rank || (!keepDims && !isOrdered)) return g.op(type, [x, integers(g, axes)], { keepdims: Number(keepDims) });
  const moved = axes.map((axis) => form.indexOf(axis)).sort((a, b) => a - b);
  const reduced = g.op(type, [g.permuted(x, form), integers(g, moved)], { keepdims: Number(keepDims) });
  return keepDims ? g.fromPermuted(reduced, form) : reduced;
}
