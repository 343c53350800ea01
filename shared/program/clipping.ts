import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import type { Descent, OptimizerSettings } from './optimizers';

/**
 * Gradients that are not too large: first each element is brought into ±`clipValue`, then the gradient of each weight is scaled down
 * to the length `clipNorm` where it is longer, then all together to `globalClipNorm` (Pascanu, Mikolov & Bengio 2013), as
 * `tf.clip_by_value`, `tf.clip_by_norm` and `tf.clip_by_global_norm` do. Keras takes one of the three; here they may be combined.
 */
export function clipped(
  builder: ProgramBuilder,
  { clipValue, clipNorm, globalClipNorm }: Pick<OptimizerSettings, 'clipValue' | 'clipNorm' | 'globalClipNorm'>,
  descents: readonly Descent[],
): readonly Descent[] {
  const bounded = clipValue ? withGradients(descents, (gradient) => within(builder, gradient, clipValue)) : descents;
  const each = clipNorm ? withGradients(bounded, (gradient) => builder.mul(gradient, scaleTo(builder, [gradient], clipNorm))) : bounded;
  if (!globalClipNorm || each.length === 0) return each;
  const together = each.map(({ gradient }) => gradient);
  const scale = scaleTo(builder, together, globalClipNorm);
  return withGradients(each, (gradient) => builder.mul(gradient, scale));
}

/** What brings gradients to a length, all together, where they are longer; else 1. */
function scaleTo(builder: ProgramBuilder, gradients: readonly Value[], length: number): Value {
  const limit = builder.scalar(length);
  const squares = gradients.map((gradient) => sumOfSquares(builder, gradient)).reduce((sum, part) => builder.add(sum, part));
  return builder.div(limit, builder.maximum(builder.sqrt(squares), limit));
}

function within(builder: ProgramBuilder, gradient: Value, limit: number): Value {
  return builder.maximum(builder.minimum(gradient, builder.scalar(limit)), builder.scalar(-limit));
}

function sumOfSquares(builder: ProgramBuilder, gradient: Value): Value {
  const axes = gradient.type.shape.map((_, axis) => axis);
  const squares = builder.mul(gradient, gradient);
  return axes.length === 0 ? squares : builder.reduceSum(squares, axes);
}

function withGradients(descents: readonly Descent[], change: (gradient: Value) => Value): readonly Descent[] {
  return descents.map((descent) => ({ ...descent, gradient: change(descent.gradient) }));
}
