import { compareDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { OnnxGraph } from '../onnx/writer';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import { expectFloat, expectRank, expectShape, show } from './_shapes';

/** Which operands are transposed first. */
export interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Product of two matrices. */
export const matMul = definePrimitive('matMul', {
  inputs: ['a', 'b'],
  outputs: ['y'],
  infer([a, b], { transposeA, transposeB }: MatMulAttributes) {
    for (const type of [a, b]) {
      expectFloat('matMul', type);
      expectRank('matMul', type, 2);
    }
    const [rows, inner] = (transposeA ? a.shape.toReversed() : a.shape) as readonly [Dim, Dim];
    const [innerB, columns] = (transposeB ? b.shape.toReversed() : b.shape) as readonly [Dim, Dim];
    if (compareDims(inner, innerB) !== 'equal')
      throw new ProgramError(`matMul: ${show(a.shape)} and ${show(b.shape)} have no inner size in common.`);
    return [{ dtype: 'float32', shape: [rows, columns] }];
  },
  gradient(builder, { inputs: [a, b], attributes: { transposeA: ta, transposeB: tb } }, [dy]) {
    const da = ta
      ? builder.matMul(b, dy, { transposeA: tb, transposeB: true })
      : builder.matMul(dy, b, { transposeA: false, transposeB: !tb });
    const db = tb
      ? builder.matMul(dy, a, { transposeA: true, transposeB: ta })
      : builder.matMul(a, dy, { transposeA: !ta, transposeB: false });
    return [da, db];
  },
  tensorflow: (g, [a, b], { transposeA, transposeB }) =>
    g.op('MatMul', [a, b], { T: { type: 'float32' }, transpose_a: transposeA, transpose_b: transposeB }),
  onnx: (g, [a, b], { transposeA, transposeB }) => g.op('Gemm', [a, b], { transA: Number(transposeA), transB: Number(transposeB) }),
});

function turned(shape: Shape, transposed: boolean): readonly [Dim, Dim] {
  const [rows, columns] = shape.slice(-2) as [Dim, Dim];
  return transposed ? [columns, rows] : [rows, columns];
}

/** Products of the matrices along the last two axes; all axes before are alike. */
export const batchMatMul = definePrimitive('batchMatMul', {
  inputs: ['a', 'b'],
  outputs: ['y'],
  infer([a, b], { transposeA, transposeB }: MatMulAttributes) {
    expectFloat('batchMatMul', a);
    expectFloat('batchMatMul', b);
    if (a.shape.length < 3) throw new ProgramError(`batchMatMul: received ${show(a.shape)}, expected rank 3 or more.`);
    const batch = a.shape.slice(0, -2);
    expectShape('batchMatMul', { dtype: b.dtype, shape: b.shape.slice(0, -2) }, batch);
    const [rows, inner] = turned(a.shape, transposeA);
    const [innerB, columns] = turned(b.shape, transposeB);
    if (compareDims(inner, innerB) !== 'equal')
      throw new ProgramError(`batchMatMul: ${show(a.shape)} and ${show(b.shape)} have no inner size in common.`);
    return [{ dtype: 'float32', shape: [...batch, rows, columns] }];
  },
  gradient(builder, { inputs: [a, b], attributes: { transposeA: ta, transposeB: tb } }, [dy]) {
    const product = (x: typeof a, y: typeof a, transposeA: boolean, transposeB: boolean) =>
      builder.batchMatMul(x, y, { transposeA, transposeB });
    return [ta ? product(b, dy, tb, true) : product(dy, b, false, !tb), tb ? product(dy, a, true, ta) : product(a, dy, !ta, false)];
  },
  tensorflow: (g, [a, b], { transposeA, transposeB }) =>
    g.op('BatchMatMulV2', [a, b], { T: { type: 'float32' }, adj_x: transposeA, adj_y: transposeB }),
  onnx: (g, [a, b], { transposeA, transposeB }, { inputs: [x, y] }) =>
    g.op('MatMul', [swapped(g, a, x.shape.length, transposeA), swapped(g, b, y.shape.length, transposeB)]),
});

/** With the last two axes changed for each other. */
function swapped(g: OnnxGraph, value: string, rank: number, transposed: boolean): string {
  if (!transposed) return value;
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return g.permuted(value, [...axes.slice(0, -2), rank - 1, rank - 2]);
}
