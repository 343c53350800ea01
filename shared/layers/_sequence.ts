import type { Dim } from '../graph/dim';
import type { Builder, Value } from '../program/builder';

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
