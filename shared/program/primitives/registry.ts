import type { Primitive } from '../primitive';
import { ProgramError } from '../programError';
import * as activation from './activation';
import * as arithmetic from './arithmetic';
import * as convolution from './convolution';
import * as indexing from './indexing';
import { batchMatMul, matMul } from './linear';
import { lstm, lstmGrad } from './lstm';
import { softmaxCrossEntropy } from './loss';
import { batchNormGrad, batchNormInfer, batchNormTrain } from './normalization';
import * as depthwise from './depthwise';
import { updates } from './optimizer';
import * as pooling from './pooling';
import { argMax, reduceMax, reduceMean, reduceSum } from './reduction';
import { broadcastTo, cast, concat, oneHot, pad, reshape, slice, split, transpose } from './shape';
import { constant, randomUniform, size } from './source';

/** Every primitive there is. A new one is one entry here and one method of the builder. */
export const primitives: readonly Primitive[] = [
  constant,
  size,
  randomUniform,
  ...Object.values(arithmetic),
  ...Object.values(activation),
  ...Object.values(convolution),
  ...Object.values(depthwise),
  ...Object.values(pooling),
  ...Object.values(indexing),
  matMul,
  batchMatMul,
  lstm,
  lstmGrad,
  batchNormTrain,
  batchNormGrad,
  batchNormInfer,
  reduceSum,
  reduceMean,
  reduceMax,
  argMax,
  reshape,
  transpose,
  broadcastTo,
  concat,
  split,
  slice,
  pad,
  cast,
  oneHot,
  softmaxCrossEntropy,
  ...updates,
];

const byName = new Map(primitives.map((primitive) => [primitive.name, primitive]));

/** The primitive of an operation. Throws `ProgramError` for a name that there is not. */
export function primitiveNamed(name: string): Primitive {
  const primitive = byName.get(name);
  if (!primitive) throw new ProgramError(`There is no primitive "${name}".`);
  return primitive;
}
