/** Sizes that a weight's spread goes by: how many numbers each output, and each input, is joined with. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * How a weight starts, as Keras has it.
 *
 * The variance-scaling family (Glorot & Bengio 2010; He et al. 2015) needs the fans of the kernel, which the layer
 * knows. Its truncated normals are cut at two standard deviations and rescaled as Keras does; `normal` with `truncated`
 * is cut there and not rescaled, as Keras's `TruncatedNormal`.
 */
export type Initializer =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly minval: number; readonly maxval: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly stddev: number; readonly truncated: boolean }
  /** The columns (or rows, whichever are longer) of the matrix of all axes but the last by the last are orthonormal times `gain`. */
  | { readonly kind: 'orthogonal'; readonly gain: number }
  /** `gain` on the diagonal of a matrix. */
  | { readonly kind: 'identity'; readonly gain: number }
  | ({
      readonly kind: 'glorotUniform' | 'glorotNormal' | 'heUniform' | 'heNormal' | 'lecunUniform' | 'lecunNormal';
    } & Fans)
  | ({ readonly kind: 'varianceScaling' } & VarianceScaling & Fans)
  /** Stretches of elements, one after another, that start differently: the forget gate's bias among the others. */
  | { readonly kind: 'parts'; readonly parts: readonly { readonly size: number; readonly initializer: Initializer }[] };

/** Keras's `VarianceScaling`: a variance of `scale` over the fan. */
export interface VarianceScaling {
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanOut' | 'fanAvg';
  readonly distribution: 'truncatedNormal' | 'untruncatedNormal' | 'uniform';
}
