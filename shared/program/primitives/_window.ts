import { isKnown, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { SpatialPads } from '../builder';
import type { TensorFlowAttributes } from '../tensorflow/writer';

interface Sliding {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: SpatialPads;
  readonly dilation?: readonly [number, number];
}

/** TensorFlow's `padding` (and `explicit_paddings`) for a window over an image of the given `N×H×W×C` shape. */
export function tensorflowPadding(image: Shape, sliding: Sliding): TensorFlowAttributes {
  const { pads } = sliding;
  if (isUnpadded(pads)) return { padding: 'VALID' };
  if (isSame(image, sliding)) return { padding: 'SAME' };
  return { padding: 'EXPLICIT', explicit_paddings: [0, 0, ...pads[0], ...pads[1], 0, 0] };
}

export function isUnpadded(pads: SpatialPads): boolean {
  return pads.flat().every((pad) => pad === 0);
}

/** Whether the pads are what TensorFlow calls `SAME`; its kernels for that are the fastest. */
export function isSame(image: Shape, { size, strides, pads, dilation }: Sliding): boolean {
  return ([0, 1] as const).every((side) => {
    const reach = (size[side] - 1) * (dilation?.[side] ?? 1) + 1;
    const total = samePadding(image[side + 1] as Dim, reach, strides[side]);
    const [before, after] = pads[side];
    return total !== undefined && before === Math.floor(total / 2) && after === total - before;
  });
}

function samePadding(input: Dim, reach: number, stride: number): number | undefined {
  if (stride === 1) return reach - 1;
  if (!isKnown(input)) return undefined;
  return Math.max((Math.ceil(input / stride) - 1) * stride + reach - input, 0);
}
