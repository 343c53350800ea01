import type { TensorType } from '../../graph/tensor';
import type { GradientBuilder, Value } from '../builder';
import { elementwise, inOneForm } from '../onnx/layout';
import type { OnnxGraph } from '../onnx/writer';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import { broadcastShapes } from './_shapes';

function sameDtype(name: string, a: TensorType, b: TensorType): TensorType {
  if (a.dtype !== b.dtype) throw new ProgramError(`${name}: received ${a.dtype} and ${b.dtype}, expected one element type.`);
  return { dtype: a.dtype, shape: broadcastShapes(a.shape, b.shape) };
}

/** Sums each gradient over the axes along which its operand was broadcast. */
function backTo(b: GradientBuilder, [x, y]: readonly [Value, Value], dx: Value, dy: Value): readonly [Value, Value] {
  return [b.unbroadcast(dx, x.type.shape), b.unbroadcast(dy, y.type.shape)];
}

/** 1 where it holds, else 0. */
function comparison(g: OnnxGraph, type: string, operands: readonly string[], types: readonly TensorType[]): string {
  return inOneForm(g, operands, types, (aligned) => g.op('Cast', [g.op(type, aligned)], { to: { type: 'float32' } }));
}

const inputs = ['a', 'b'] as const;
const outputs = ['y'] as const;

/** a + b with NumPy's broadcasting. */
export const add = definePrimitive('add', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('add', a, b)],
  gradient: (b, use, [dy]) => backTo(b, use.inputs, dy, dy),
  tensorflow(g, [a, b], _, { inputs: [x, y] }) {
    // BiasAdd is what TensorFlow's optimiser fuses into a convolution before it.
    const isBias = y.shape.length === 1 && x.shape.length >= 2 && x.shape.length <= 5 && y.shape[0] === x.shape.at(-1);
    return g.op(isBias && x.dtype === 'float32' ? 'BiasAdd' : 'AddV2', [a, b], { T: { type: x.dtype } });
  },
  onnx: (g, operands, _, types) => elementwise(g, 'Add', operands, types.inputs),
});

/** a − b with NumPy's broadcasting. */
export const sub = definePrimitive('sub', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('sub', a, b)],
  gradient: (b, use, [dy]) => [b.unbroadcast(dy, use.inputs[0].type.shape), b.neg(b.unbroadcast(dy, use.inputs[1].type.shape))],
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('Sub', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Sub', operands, types.inputs),
});

/** a · b, element by element, with NumPy's broadcasting. */
export const mul = definePrimitive('mul', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('mul', a, b)],
  gradient: (b, { inputs: [x, y] }, [dy]) => backTo(b, [x, y], b.mul(dy, y), b.mul(dy, x)),
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('Mul', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Mul', operands, types.inputs),
});

/** a / b of float32 values with NumPy's broadcasting. */
export const div = definePrimitive('div', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('div', a, b)],
  gradient(b, { inputs: [x, y], outputs: [quotient] }, [dy]) {
    const dx = b.div(dy, y);
    return backTo(b, [x, y], dx, b.neg(b.mul(dx, quotient)));
  },
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('RealDiv', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Div', operands, types.inputs),
});

/** The larger of both; where they are equal the gradient goes to a, as in TensorFlow. */
export const maximum = definePrimitive('maximum', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('maximum', a, b)],
  gradient(b, { inputs: [x, y] }, [dy]) {
    const toY = b.mul(dy, b.greater(y, x));
    return backTo(b, [x, y], b.sub(dy, toY), toY);
  },
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('Maximum', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Max', operands, types.inputs),
});

/** The smaller of both; where they are equal the gradient goes to a, as in TensorFlow. */
export const minimum = definePrimitive('minimum', {
  inputs,
  outputs,
  infer: ([a, b]) => [sameDtype('minimum', a, b)],
  gradient(b, { inputs: [x, y] }, [dy]) {
    const toY = b.mul(dy, b.greater(x, y));
    return backTo(b, [x, y], b.sub(dy, toY), toY);
  },
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('Minimum', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Min', operands, types.inputs),
});

/** base to the power of exponent; for schedules and bias corrections, not differentiable here. */
export const pow = definePrimitive('pow', {
  inputs: ['base', 'exponent'],
  outputs,
  infer: ([a, b]) => [sameDtype('pow', a, b)],
  tensorflow: (g, [a, b], _, { inputs: [x] }) => g.op('Pow', [a, b], { T: { type: x.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Pow', operands, types.inputs),
});

/** 1 where a > b, else 0, as float32. */
export const greater = definePrimitive('greater', {
  inputs,
  outputs,
  infer: ([a, b]) => [{ dtype: 'float32', shape: sameDtype('greater', a, b).shape }],
  gradient: 'constant',
  tensorflow: (g, [a, b], _, { inputs: [x] }) =>
    g.op('Cast', [g.op('Greater', [a, b], { T: { type: x.dtype } })], { SrcT: { type: 'bool' }, DstT: { type: 'float32' } }),
  onnx: (g, operands, _, types) => comparison(g, 'Greater', operands, types.inputs),
});

/** 1 where a = b, else 0, as float32. */
export const equal = definePrimitive('equal', {
  inputs,
  outputs,
  infer: ([a, b]) => [{ dtype: 'float32', shape: sameDtype('equal', a, b).shape }],
  gradient: 'constant',
  tensorflow: (g, [a, b], _, { inputs: [x] }) =>
    g.op('Cast', [g.op('Equal', [a, b], { T: { type: x.dtype } })], { SrcT: { type: 'bool' }, DstT: { type: 'float32' } }),
  onnx: (g, operands, _, types) => comparison(g, 'Equal', operands, types.inputs),
});
