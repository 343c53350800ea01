import { compareDims, type Dim } from '../../graph/dim';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import { expectFloat, expectRank, show } from './_shapes';

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
