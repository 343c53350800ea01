import type { Dim } from '../graph/dim';
import type { LayerProblem } from '../graph/problem';
import type { TensorType } from '../graph/tensor';
import type { Builder, Value } from '../program/builder';

/** A sequence of rows, or the problem that it is none. */
export function expectSequence(x: TensorType): LayerProblem | undefined {
  if (x.shape.length === 3) return undefined;
  const received = x.shape.length - 1;
  return {
    code: 'shape/rank',
    port: 'x',
    message: `expects sequences (steps and channels), received ${received} ${received === 1 ? 'axis' : 'axes'} per sample. Put a reshape before it.`,
  };
}

/** A sequence as an image of width 1: what slides over images then slides over sequences. */
export function asImage(b: Builder, x: Value): Value {
  const [batch, steps, channels] = x.type.shape as [Dim, Dim, Dim];
  return b.reshape(x, [batch, steps, 1, channels]);
}

/** Back from an image of width 1. */
export function asSequence(b: Builder, image: Value): Value {
  const [batch, steps, , channels] = image.type.shape as [Dim, Dim, Dim, Dim];
  return b.reshape(image, [batch, steps, channels]);
}
