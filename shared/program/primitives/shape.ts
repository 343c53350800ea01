import { addDims, compareDims, isKnown, multiplyDims, subtractDims, type Dim } from '../../graph/dim';
import type { DType, Shape, TensorType } from '../../graph/tensor';
import { alignedForms, elementwise, IMAGE, integers, inverse, permute } from '../onnx/layout';
import type { OnnxGraph } from '../onnx/writer';
import { definePrimitive, VARIADIC } from '../primitive';
import { ProgramError } from '../programError';
import { broadcastShapes, checkAxes, expectShape, known, show } from './_shapes';

const inputs = ['x'] as const;
const outputs = ['y'] as const;

function countOf(shape: Shape): Dim {
  return shape.reduce<Dim>(multiplyDims, 1);
}

/** The same elements in the same order under another shape. */
export const reshape = definePrimitive('reshape', {
  inputs,
  outputs,
  infer([x], { shape }: { readonly shape: Shape }) {
    if (compareDims(countOf(x.shape), countOf(shape)) !== 'equal')
      throw new ProgramError(`reshape: ${show(x.shape)} does not fill ${show(shape)}.`);
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (b, { inputs: [x] }, [dy]) => [b.reshape(dy, x.type.shape)],
  tensorflow(g, [x], { shape }, { inputs: [type] }) {
    // One unknown size is −1: TensorFlow can then still tell all others when it optimises the graph.
    const unknowns = shape.filter((dim) => !isKnown(dim)).length;
    const target =
      unknowns === 1
        ? g.constant(
            shape.map((dim) => (isKnown(dim) ? dim : -1)),
            [shape.length],
            'int32',
          )
        : g.shape(shape);
    return g.op('Reshape', [x, target], { T: { type: type.dtype }, Tshape: { type: 'int32' } });
  },
  onnx: (g, [x], { shape }, types) => onnxReshape(g, x, types.inputs[0].shape, shape),
});

/** Axis i of the result is axis `permutation[i]` of x. */
export const transpose = definePrimitive('transpose', {
  inputs,
  outputs,
  infer([x], { permutation }: { readonly permutation: readonly number[] }) {
    checkAxes('transpose', x.shape, permutation);
    if (permutation.length !== x.shape.length)
      throw new ProgramError(`transpose: expected ${x.shape.length} axes, received ${permutation.length}.`);
    return [{ dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis] as Dim) }];
  },
  gradient: (b, { attributes: { permutation } }, [dy]) => [
    b.transpose(
      dy,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ],
  tensorflow: (g, [x], { permutation }, { inputs: [type] }) =>
    g.op('Transpose', [x, g.constant(permutation, [permutation.length], 'int32')], { T: { type: type.dtype }, Tperm: { type: 'int32' } }),
  // x is a permuted form of the result: nothing moves until the result itself is asked for.
  onnx: (g, [x], { permutation }) => g.fromPermuted(x, inverse(permutation)),
});

/** Repeats x along the axes where it has size 1, and along new leading axes. */
export const broadcastTo = definePrimitive('broadcastTo', {
  inputs,
  outputs,
  infer([x], { shape }: { readonly shape: Shape }) {
    expectShape('broadcastTo', { dtype: x.dtype, shape: broadcastShapes(x.shape, shape) }, shape);
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (b, { inputs: [x] }, [dy]) => [b.unbroadcast(dy, x.type.shape)],
  tensorflow: (g, [x], { shape }, { inputs: [type] }) =>
    g.op('BroadcastTo', [x, g.shape(shape)], { T: { type: type.dtype }, Tidx: { type: 'int32' } }),
  onnx(g, [x], { shape }) {
    const form = g.formOf(x);
    if (form?.length !== shape.length) return g.op('Expand', [x, g.shape(shape)]);
    return g.fromPermuted(g.op('Expand', [g.permuted(x, form), g.shape(permute(shape, form))]), form);
  },
});

/** The values one after another along an axis. */
export const concat = definePrimitive('concat', {
  inputs: VARIADIC,
  outputs,
  infer(values, { axis }: { readonly axis: number }) {
    const [first] = values;
    if (!first) throw new ProgramError('concat: expected at least one value.');
    checkAxes('concat', first.shape, [axis]);
    for (const { dtype, shape } of values) expectShape('concat', { dtype, shape: without(shape, axis) }, without(first.shape, axis));
    const size = values.map(({ shape }) => shape[axis] as Dim).reduce(addDims);
    return [{ dtype: first.dtype, shape: first.shape.map((dim, index) => (index === axis ? size : dim)) }];
  },
  gradient(b, { inputs: values, attributes: { axis } }, [dy]) {
    let offset: Dim = 0;
    return values.map(({ type: { shape } }) => {
      const begin = shape.map((_, index) => (index === axis ? known('concat: size along its axis', offset) : 0));
      offset = addDims(offset, shape[axis] as Dim);
      return b.slice(dy, begin, shape);
    });
  },
  tensorflow: (g, values, { axis }, { outputs: [type] }) =>
    g.op('ConcatV2', [...values, g.constant([axis], [], 'int32')], { N: values.length, T: { type: type.dtype }, Tidx: { type: 'int32' } }),
  onnx(g, values, { axis }, types) {
    const { aligned, restored, axisOf } = alignedForms(g, values, types.inputs);
    return restored(g.op('Concat', aligned, { axis: axisOf(axis) }));
  },
});

function without(shape: Shape, axis: number): Shape {
  return shape.filter((_, index) => index !== axis);
}

/** Sizes of the parts along an axis. */
export interface SplitAttributes {
  readonly axis: number;
  readonly sizes: readonly number[];
}

/** The parts along an axis: what `concat` is the other way round. One operation and one gradient for all of them. */
export const split = definePrimitive('split', {
  inputs,
  outputs: VARIADIC,
  infer([x], { axis, sizes }: SplitAttributes) {
    checkAxes('split', x.shape, [axis]);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (x.shape[axis] !== total) throw new ProgramError(`split: ${show(x.shape)} has no ${total} elements along axis ${axis}.`);
    return sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.map((dim, index) => (index === axis ? size : dim)) }));
  },
  gradient: (b, { outputs: parts, attributes: { axis } }, gradients) => [
    b.concat(
      parts.map(({ type }, index) => gradients[index] ?? b.broadcastTo(b.scalar(0), type.shape)),
      axis,
    ),
  ],
  tensorflow: (g, [x], { axis, sizes }, { inputs: [type] }) =>
    g.ops(
      'SplitV',
      [x, g.constant(sizes, [sizes.length], 'int32'), g.constant([axis], [], 'int32')],
      { num_split: sizes.length, T: { type: type.dtype }, Tlen: { type: 'int32' } },
      sizes.length,
    ),
  onnx(g, [x], { axis, sizes }, types) {
    const { aligned, restored, axisOf } = alignedForms(g, [x], types.inputs);
    if (sizes.length <= (g.runtime.mostOutputs ?? Infinity))
      return g.ops('Split', [...aligned, integers(g, sizes)], { axis: axisOf(axis) }, sizes.length).map(restored);
    let end = 0;
    return sizes.map((size) => {
      const begin = end;
      end += size;
      return restored(g.op('Slice', [...aligned, ...[begin, end, axisOf(axis)].map((value) => integers(g, [value]))]));
    });
  },
});

/** Where a block of elements starts, and its size. */
export interface SliceAttributes {
  readonly begin: readonly number[];
  readonly size: Shape;
}

/** A block of elements. */
export const slice = definePrimitive('slice', {
  inputs,
  outputs,
  infer([x], { begin, size }: SliceAttributes) {
    const fits = begin.length === x.shape.length && size.length === x.shape.length;
    if (!fits || trailing(x.shape, { begin, size }).some((rest) => isKnown(rest) && rest < 0)) {
      throw new ProgramError(`slice: ${show(size)} from [${begin.join(', ')}] is not inside ${show(x.shape)}.`);
    }
    return [{ dtype: x.dtype, shape: size }];
  },
  gradient(b, { inputs: [x], attributes }, [dy]) {
    const after = trailing(x.type.shape, attributes);
    return [
      b.pad(
        dy,
        attributes.begin.map((before, axis) => [before, known('slice: rest of an axis', after[axis])] as const),
      ),
    ];
  },
  tensorflow: (g, [x], { begin, size }, { inputs: [type] }) =>
    g.op('Slice', [x, g.constant(begin, [begin.length], 'int32'), g.shape(size)], { T: { type: type.dtype }, Index: { type: 'int32' } }),
  onnx(g, [x], { begin, size }, types) {
    const { aligned, restored, axisOf } = alignedForms(g, [x], types.inputs);
    const axes = begin.map((_, axis) => axisOf(axis));
    const end = g.shape(size.map((dim, axis) => addDims(dim, begin[axis] ?? 0)));
    return restored(g.op('Slice', [...aligned, integers(g, begin), end, integers(g, axes)]));
  },
});

function trailing(shape: Shape, { begin, size }: SliceAttributes): readonly Dim[] {
  return shape.map((dim, axis) => subtractDims(subtractDims(dim, size[axis] ?? 0), begin[axis] ?? 0));
}

/** Elements before and after along each axis, and their value. */
export interface PadAttributes {
  readonly pads: readonly (readonly [number, number])[];
  readonly value: number;
}

/** Surrounds x with a value. */
export const pad = definePrimitive('pad', {
  inputs,
  outputs,
  infer([x], { pads }: PadAttributes) {
    if (pads.length !== x.shape.length) throw new ProgramError(`pad: expected ${x.shape.length} pairs, received ${pads.length}.`);
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis) => addDims(dim, (pads[axis]?.[0] ?? 0) + (pads[axis]?.[1] ?? 0))) }];
  },
  gradient: (b, { inputs: [x], attributes }, [dy]) => [
    b.slice(
      dy,
      attributes.pads.map(([before]) => before),
      x.type.shape,
    ),
  ],
  tensorflow(g, [x], { pads, value }, { inputs: [type] }) {
    const sizes = g.constant(pads.flat(), [pads.length, 2], 'int32');
    const attributes = { T: { type: type.dtype }, Tpaddings: { type: 'int32' } } as const;
    return value === 0 ? g.op('Pad', [x, sizes], attributes) : g.op('PadV2', [x, sizes, g.constant([value], [], type.dtype)], attributes);
  },
  onnx(g, [x], { pads, value }, types) {
    const { aligned, restored, axisOf } = alignedForms(g, [x], types.inputs);
    // In the form's own order: onnxruntime's optimiser, moving a transposition past a Pad, loses which axes were named.
    const ordered = pads.map((_, place) => pads[pads.findIndex((_pair, axis) => axisOf(axis) === place)] as readonly [number, number]);
    const sizes = integers(g, [...ordered.map(([before]) => before), ...ordered.map(([, after]) => after)]);
    return restored(g.op('Pad', [...aligned, sizes, g.constant([value], [], types.inputs[0].dtype)]));
  },
});

/** Another element type; gradients flow between floats only, of which there is one. */
export const cast = definePrimitive('cast', {
  inputs,
  outputs,
  infer: ([x], { dtype }: { readonly dtype: DType }): readonly [TensorType] => [{ dtype, shape: x.shape }],
  gradient: 'constant',
  tensorflow: (g, [x], { dtype }, { inputs: [type] }) => g.op('Cast', [x], { SrcT: { type: type.dtype }, DstT: { type: dtype } }),
  onnx: (g, operands, { dtype }, types) => elementwise(g, 'Cast', operands, types.inputs, { to: { type: dtype } }),
});

/** 1 at each index along a new last axis, 0 elsewhere. */
export const oneHot = definePrimitive('oneHot', {
  inputs: ['indices'],
  outputs,
  infer([indices], { depth }: { readonly depth: number }) {
    if (indices.dtype !== 'int32') throw new ProgramError(`oneHot: received ${indices.dtype}, expected int32.`);
    return [{ dtype: 'float32', shape: [...indices.shape, depth] }];
  },
  gradient: 'constant',
  tensorflow: (g, [indices], { depth }) =>
    g.op('OneHot', [indices, g.constant([depth], [], 'int32'), g.constant([1], [], 'float32'), g.constant([0], [], 'float32')], {
      T: { type: 'float32' },
      TI: { type: 'int32' },
      axis: -1,
    }),
  onnx(g, [indices], { depth }) {
    // Not OneHot: to it −1 is the last class, here and in TensorFlow it is none.
    const classes = g.constant(
      Array.from({ length: depth }, (_, index) => index),
      [depth],
      'int32',
    );
    const equal = g.op('Equal', [g.op('Unsqueeze', [indices, integers(g, [-1])]), classes]);
    return g.op('Cast', [equal], { to: { type: 'float32' } });
  },
});

/** An image of one pixel is its channels in whatever form: between both nothing moves. */
function onnxReshape(g: OnnxGraph, x: string, from: Shape, to: Shape): string {
  const form = g.formOf(x);
  const source = form && isOnePixel(from) ? g.permuted(x, form) : x;
  if (isOnePixel(to)) return g.fromPermuted(g.op('Reshape', [source, target(g, permute(to, IMAGE))]), IMAGE);
  return g.op('Reshape', [source, target(g, to)]);
}

function isOnePixel(shape: Shape): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1;
}

/** One unknown size is −1, which needs no computing. */
function target(g: OnnxGraph, shape: Shape): string {
  if (shape.filter((dim) => !isKnown(dim)).length !== 1) return g.shape(shape);
  return integers(
    g,
    shape.map((dim) => (isKnown(dim) ? dim : -1)),
  );
}
