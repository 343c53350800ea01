/**
 * How a weight starts, as Keras has it.
 *
 * The variance-scaling family (Glorot & Bengio 2010; He et al. 2015) needs the fans of the kernel, which the layer
 * knows; truncated normals are cut at two standard deviations and rescaled as Keras does.
 */
export type Initializer =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  | { readonly kind: 'constant'; readonly value: number }
  | {
      readonly kind: 'glorotUniform' | 'glorotNormal' | 'heUniform' | 'heNormal' | 'lecunUniform' | 'lecunNormal';
      readonly fanIn: number;
      readonly fanOut: number;
    };
