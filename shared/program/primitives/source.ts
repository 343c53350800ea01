import type { Dim } from '../../graph/dim';
import type { DType, Shape } from '../../graph/tensor';
import { hashedUniform } from '../onnx/random';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';

/** Elements of a constant in row-major order. */
export interface ConstantAttributes {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Numbers that are part of the program. */
export const constant = definePrimitive('constant', {
  inputs: [],
  outputs: ['y'],
  infer(_, { data, shape, dtype }: ConstantAttributes) {
    const count = shape.reduce((product, dim) => product * dim, 1);
    if (data.length !== count) throw new ProgramError(`constant: received ${data.length} elements, expected ${count}.`);
    return [{ dtype, shape }];
  },
  gradient: 'constant',
  tensorflow: (g, _, { data, shape, dtype }) => g.constant(data, shape, dtype),
  onnx: (g, _, { data, shape, dtype }) => g.constant(data, shape, dtype),
});

/** A size that is known at run time only, as a float32 scalar. */
export const size = definePrimitive('size', {
  inputs: [],
  outputs: ['y'],
  infer: (_, _attributes: { readonly dim: Dim }) => [{ dtype: 'float32', shape: [] }],
  gradient: 'constant',
  tensorflow: (g, _, { dim }) => g.op('Cast', [g.size(dim)], { SrcT: { type: 'int32' }, DstT: { type: 'float32' } }),
  onnx: (g, _, { dim }) => g.op('Cast', [g.size(dim)], { to: { type: 'float32' } }),
});

/** The shape to fill, and which random operation of the program this is: each draws other numbers from one seed. */
export interface RandomAttributes {
  readonly shape: Shape;
  readonly index: number;
}

/** Uniform in [0, 1), a function of the seed (int32 `[2]`: the run's seed and the step) and the index alone. */
export const randomUniform = definePrimitive('randomUniform', {
  inputs: ['seed'],
  outputs: ['y'],
  infer([seed], { shape }: RandomAttributes) {
    if (seed.dtype !== 'int32' || seed.shape.length !== 1 || seed.shape[0] !== 2)
      throw new ProgramError('randomUniform: expected a seed of two int32.');
    return [{ dtype: 'float32', shape }];
  },
  gradient: 'constant',
  tensorflow(g, [seed], { shape, index }) {
    // 0x3779 is prime to 2³²: the seeds of the operations of one step are all different.
    const own = g.op('AddV2', [seed, g.constant([index * 0x3779, 0], [2], 'int32')], { T: { type: 'int32' } });
    return g.op('StatelessRandomUniform', [g.shape(shape), own], {
      dtype: { type: 'float32' },
      T: { type: 'int32' },
      Tseed: { type: 'int32' },
    });
  },
  onnx: (g, [seed], attributes) => hashedUniform(g, seed, attributes),
});
