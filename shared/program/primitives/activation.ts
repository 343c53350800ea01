import type { TensorType } from '../../graph/tensor';
import { elementwise, floatScalar, inOneForm } from '../onnx/layout';
import { definePrimitive } from '../primitive';
import { expectFloat, expectShape } from './_shapes';

function floatLike(name: string, x: TensorType): readonly [TensorType] {
  expectFloat(name, x);
  return [x];
}

const inputs = ['x'] as const;
const outputs = ['y'] as const;
const T = { T: { type: 'float32' } } as const;

/** max(x, 0). */
export const relu = definePrimitive('relu', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('relu', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.reluGrad(dy, y)],
  tensorflow: (g, [x]) => g.op('Relu', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Relu', operands, types.inputs),
});

/** dy where y > 0, else 0. */
export const reluGrad = definePrimitive('reluGrad', {
  inputs: ['dy', 'y'],
  outputs: ['dx'],
  infer([dy, y]) {
    expectShape('reluGrad', dy, y.shape);
    return floatLike('reluGrad', dy);
  },
  tensorflow: (g, [dy, y]) => g.op('ReluGrad', [dy, y], T),
  // A cast and a product take half the time of `Where`, which onnxruntime runs on one thread.
  onnx: (g, operands, _, types) =>
    inOneForm(g, operands, types.inputs, ([dy = '', y = '']) => {
      const passes = g.op('Cast', [g.op('Greater', [y, floatScalar(g, 0)])], { to: { type: 'float32' } });
      return g.op('Mul', [dy, passes]);
    }),
});

/**
 * max(min(x, 6), 0), as one operation: from a minimum would come a mask for its gradient, as large as the image, and engines fold
 * this one into the convolution before it.
 */
export const relu6 = definePrimitive('relu6', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('relu6', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.relu6Grad(dy, y)],
  tensorflow: (g, [x]) => g.op('Relu6', [x], T),
  onnx: (g, operands, _, types) =>
    inOneForm(g, operands, types.inputs, ([x = '']) => g.op('Clip', [x, floatScalar(g, 0), floatScalar(g, 6)])),
});

/** dy where 0 < y < 6, else 0, as in TensorFlow. */
export const relu6Grad = definePrimitive('relu6Grad', {
  inputs: ['dy', 'y'],
  outputs: ['dx'],
  infer([dy, y]) {
    expectShape('relu6Grad', dy, y.shape);
    return floatLike('relu6Grad', dy);
  },
  tensorflow: (g, [dy, y]) => g.op('Relu6Grad', [dy, y], T),
  onnx: (g, operands, _, types) =>
    inOneForm(g, operands, types.inputs, ([dy = '', y = '']) => {
      const between = g.op('And', [g.op('Greater', [y, floatScalar(g, 0)]), g.op('Less', [y, floatScalar(g, 6)])]);
      return g.op('Mul', [dy, g.op('Cast', [between], { to: { type: 'float32' } })]);
    }),
});

/** eˣ. */
export const exp = definePrimitive('exp', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('exp', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.mul(dy, y)],
  tensorflow: (g, [x]) => g.op('Exp', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Exp', operands, types.inputs),
});

/** Natural logarithm. */
export const log = definePrimitive('log', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('log', x),
  gradient: (b, { inputs: [x] }, [dy]) => [b.div(dy, x)],
  tensorflow: (g, [x]) => g.op('Log', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Log', operands, types.inputs),
});

/** √x. */
export const sqrt = definePrimitive('sqrt', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('sqrt', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.div(b.mul(dy, b.scalar(0.5)), y)],
  tensorflow: (g, [x]) => g.op('Sqrt', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Sqrt', operands, types.inputs),
});

/** Hyperbolic tangent. */
export const tanh = definePrimitive('tanh', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('tanh', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.tanhGrad(dy, y)],
  tensorflow: (g, [x]) => g.op('Tanh', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Tanh', operands, types.inputs),
});

/** dy · (1 − y²), for y = tanh x. */
export const tanhGrad = definePrimitive('tanhGrad', {
  inputs: ['dy', 'y'],
  outputs: ['dx'],
  infer([dy, y]) {
    expectShape('tanhGrad', dy, y.shape);
    return floatLike('tanhGrad', dy);
  },
  tensorflow: (g, [dy, y]) => g.op('TanhGrad', [y, dy], T),
  onnx: (g, operands, _, types) =>
    inOneForm(g, operands, types.inputs, ([dy = '', y = '']) => g.op('Mul', [dy, g.op('Sub', [floatScalar(g, 1), g.op('Mul', [y, y])])])),
});

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = definePrimitive('sigmoid', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('sigmoid', x),
  gradient: (b, { outputs: [y] }, [dy]) => [b.sigmoidGrad(dy, y)],
  tensorflow: (g, [x]) => g.op('Sigmoid', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Sigmoid', operands, types.inputs),
});

/** dy · y · (1 − y), for the sigmoid y of x. */
export const sigmoidGrad = definePrimitive('sigmoidGrad', {
  inputs: ['dy', 'y'],
  outputs: ['dx'],
  infer([dy, y]) {
    expectShape('sigmoidGrad', dy, y.shape);
    return floatLike('sigmoidGrad', dy);
  },
  tensorflow: (g, [dy, y]) => g.op('SigmoidGrad', [y, dy], T),
  onnx: (g, operands, _, types) =>
    inOneForm(g, operands, types.inputs, ([dy = '', y = '']) => g.op('Mul', [dy, g.op('Mul', [y, g.op('Sub', [floatScalar(g, 1), y])])])),
});

/** The error function. */
export const erf = definePrimitive('erf', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('erf', x),
  gradient: (b, { inputs: [x] }, [dy]) => [b.mul(b.mul(dy, b.scalar(2 / Math.sqrt(Math.PI))), b.exp(b.neg(b.mul(x, x))))],
  tensorflow: (g, [x]) => g.op('Erf', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Erf', operands, types.inputs),
});

/** Cosine. */
export const cos = definePrimitive('cos', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('cos', x),
  gradient: (b, { inputs: [x] }, [dy]) => [b.neg(b.mul(dy, b.cos(b.sub(x, b.scalar(Math.PI / 2)))))],
  tensorflow: (g, [x]) => g.op('Cos', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Cos', operands, types.inputs),
});

/** |x|; at 0 the gradient is 0, as in TensorFlow. */
export const abs = definePrimitive('abs', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('abs', x),
  gradient(b, { inputs: [x] }, [dy]) {
    const zero = b.scalar(0);
    return [b.mul(dy, b.sub(b.greater(x, zero), b.greater(zero, x)))];
  },
  tensorflow: (g, [x]) => g.op('Abs', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Abs', operands, types.inputs),
});

/** The largest whole number that is not above x. */
export const floor = definePrimitive('floor', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('floor', x),
  gradient: 'constant',
  tensorflow: (g, [x]) => g.op('Floor', [x], T),
  onnx: (g, operands, _, types) => elementwise(g, 'Floor', operands, types.inputs),
});

/** −x. */
export const neg = definePrimitive('neg', {
  inputs,
  outputs,
  infer: ([x]) => [x],
  gradient: (b, _, [dy]) => [b.neg(dy)],
  tensorflow: (g, [x], _, { inputs: [type] }) => g.op('Neg', [x], { T: { type: type.dtype } }),
  onnx: (g, operands, _, types) => elementwise(g, 'Neg', operands, types.inputs),
});

/** eˣ over its sum along the last axis. */
export const softmax = definePrimitive('softmax', {
  inputs,
  outputs,
  infer: ([x]) => floatLike('softmax', x),
  gradient(b, { outputs: [y] }, [dy]) {
    const mean = b.reduceSum(b.mul(dy, y), [y.type.shape.length - 1], true);
    return [b.mul(b.sub(dy, mean), y)];
  },
  tensorflow: (g, [x]) => g.op('Softmax', [x], T),
  onnx: (g, [x]) => g.op('Softmax', [x], { axis: -1 }),
});
