import * as z from 'zod';
import { isKnown, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { formatShape, sampleSize, type TensorType } from '../../graph/tensor';
import { toInside, toOutside } from '../../program/dataFormat';
import { inNetworkOrder, inTorchOrder } from '../_torch';
import { defineLayer, X, Y } from '../define';

const params = z.strictObject({
  targetShape: z
    .array(z.int().min(-1).max(1_000_000))
    .min(1)
    .max(6)
    .default([-1])
    .describe('Sizes of one sample; −1 once, for what is left.'),
});

function target(x: TensorType, sizes: readonly number[]): Result<readonly Dim[], LayerProblem> {
  const count = sampleSize(x.shape);
  if (!isKnown(count)) return problem('expects an input of known size. Give the input numbers for all its sizes.');
  const rest = sizes.filter((size) => size > 0).reduce((product, size) => product * size, 1);
  const open = sizes.filter((size) => size < 1).length;
  if (sizes.includes(0) || open > 1 || (open === 1 ? count % rest !== 0 : count !== rest))
    return problem(
      `${open === 0 && rest > 0 && !sizes.includes(0) ? `${sizes.join('×')} takes ${rest} numbers, received ${count}` : `${sizes.join('×')} does not hold the ${count} numbers received`}${x.shape.length > 2 ? ` (${formatShape(x.shape)})` : ''}. Expected sizes whose product is ${count}.`,
    );
  return ok([x.shape[0] ?? 1, ...sizes.map((size) => (size < 0 ? count / rest : size))]);
}

function problem(message: string) {
  return err({ code: 'param/target-shape', param: 'targetShape', message });
}

export const reshape = defineLayer({
  type: 'reshape',
  version: 1,
  title: 'Reshape',
  category: 'core',
  icon: 'box',
  keywords: ['view', 'sizes'],
  docs: {
    summary: 'The same numbers in the same order under other sizes.',
    formula: 'y = x, read row by row',
    url: 'https://keras.io/api/layers/reshaping_layers/reshape/',
    torchName: 'nn.Unflatten',
  },
  params,
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, p) {
    const shape = target(x, p.targetShape);
    return shape.ok ? ok({ y: { dtype: x.dtype, shape: shape.value } }) : shape;
  },
  reach: () => 'unknown',
  summary: (p) => p.targetShape.join('×'),
  lower(b, { x }, _weights, p, { dataFormat, inputTypes }) {
    const shape = target(inputTypes['x'] as TensorType, p.targetShape);
    if (!shape.ok) throw new Error(shape.error.message);
    return { y: toInside(b, b.reshape(toOutside(b, x, dataFormat), shape.value), dataFormat) };
  },
  keras: (p) => ({ className: 'Reshape', config: { target_shape: p.targetShape } }),
  torch(p, { x }, { dataFormat }) {
    const read = inNetworkOrder('x', x.shape.length, dataFormat);
    return { forward: inTorchOrder(`${read}.reshape(x.shape[0], ${p.targetShape.join(', ')})`, p.targetShape.length + 1, dataFormat) };
  },
  examples: [
    { params: { targetShape: [4, 6] }, inputs: { x: ['batch', 24] }, outputs: { y: ['batch', 4, 6] } },
    { params: { targetShape: [3, 4] }, inputs: { x: ['batch', 6, 2] }, outputs: { y: ['batch', 3, 4] } },
    { params: { targetShape: [2, -1] }, inputs: { x: ['batch', 3, 2, 4] }, outputs: { y: ['batch', 2, 12] } },
    {
      params: { targetShape: [-1, 4] },
      inputs: { x: ['batch', 3, 2, 4] },
      outputs: { y: ['batch', 6, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
