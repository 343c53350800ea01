import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import type { Descent, OptimizerSettings } from './optimizers';

/**
 * Gradients that are not too large: first each element is brought into ±`clipValue`, then all together are scaled down
 * to the length `globalClipNorm` where they are longer (Pascanu, Mikolov & Bengio 2013), as `tf.clip_by_global_norm` does.
 */
export function clipped(
  builder: ProgramBuilder,
  { clipValue, globalClipNorm }: Pick<OptimizerSettings, 'clipValue' | 'globalClipNorm'>,
  descents: readonly Descent[],
): readonly Descent[] {
  const bounded = clipValue ? withGradients(descents, (gradient) => within(builder, gradient, clipValue)) : descents;
  if (!globalClipNorm || bounded.length === 0) return bounded;
  const limit = builder.scalar(globalClipNorm);
  const length = builder.sqrt(bounded.map(({ gradient }) => sumOfSquares(builder, gradient)).reduce((sum, part) => builder.add(sum, part)));
  const scale = builder.div(limit, builder.maximum(length, limit));
  return withGradients(bounded, (gradient) => builder.mul(gradient, scale));
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
